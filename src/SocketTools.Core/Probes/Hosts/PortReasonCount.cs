namespace SocketTools;

/// <summary>How many ports of a host are in a state for a reason.</summary>
public sealed class PortReasonCount
{
    internal PortReasonCount(PortState state, Failure why, int count)
    {
        State = state;
        Reason = why.Reason;
        ErrorName = why.ErrorName;
        Count = count;
    }

    /// <summary>The state.</summary>
    public PortState State { get; }

    /// <summary>Why the state is what it is.</summary>
    public Reason Reason { get; }

    /// <summary>The POSIX name of the error (<c>ECONNREFUSED</c>), the same on every system; null when open.</summary>
    public string? ErrorName { get; }

    /// <summary>How many ports there are.</summary>
    public int Count { get; }

    /// <summary>The number, the state and the error's name, or the reason where it has none.</summary>
    public override string ToString() => $"{Count} {State}: {ErrorName ?? Reason.ToString()}";
}
