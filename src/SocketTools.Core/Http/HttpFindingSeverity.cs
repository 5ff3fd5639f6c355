namespace SocketTools;

/// <summary>How much a deviation from the standard can do.</summary>
public enum HttpFindingSeverity
{
    /// <summary>Recipients read it alike; it is only not as the standard wants it.</summary>
    Low = 1,

    /// <summary>Some recipients refuse it, or read a part of the message otherwise.</summary>
    Medium = 2,

    /// <summary>Recipients can disagree on where a message or a field ends: smuggling and splitting begin so.</summary>
    High = 3,
}
