namespace SocketTools;

/// <summary>One thing that the standard asks of a response, and what it means when it is not so.</summary>
/// <param name="Id">The name of the deviation.</param>
/// <param name="Severity">How much the deviation can do.</param>
/// <param name="Section">Where the standard asks for it.</param>
/// <param name="Meaning">What the deviation is and can lead to, as sentences.</param>
internal sealed record HttpRule(string Id, HttpFindingSeverity Severity, string Section, string Meaning);
