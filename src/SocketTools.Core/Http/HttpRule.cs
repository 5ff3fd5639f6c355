namespace SocketTools;

/// <summary>One thing that the standard asks of a response, and what it means when it is not so.</summary>
/// <remarks>No record: rules are found by themselves, and what they say is long.</remarks>
internal sealed class HttpRule
{
    /// <param name="id">The name of the deviation.</param>
    /// <param name="severity">How much the deviation can do.</param>
    /// <param name="section">Where the standard asks for it.</param>
    /// <param name="meaning">What the deviation is and can lead to, as sentences.</param>
    public HttpRule(string id, HttpFindingSeverity severity, string section, string meaning)
    {
        Id = id;
        Severity = severity;
        Section = section;
        Meaning = meaning;
    }

    public string Id { get; }

    public HttpFindingSeverity Severity { get; }

    public string Section { get; }

    public string Meaning { get; }
}
