namespace SocketTools;

/// <summary>What a server said to a version of TLS. The numbers never change.</summary>
public enum TlsVersionState
{
    /// <summary>The server was asked and said nothing of it: it was silent, or spoke of something else.</summary>
    Unknown = 0,

    /// <summary>The server chose the version.</summary>
    Accepted = 1,

    /// <summary>The server refused it: by an alert, by another version, or by ending the connection.</summary>
    Refused = 2,

    /// <summary>The server was not asked.</summary>
    NotTried = 3,
}
