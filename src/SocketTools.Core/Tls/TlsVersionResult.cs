using System;

namespace SocketTools;

/// <summary>What a server said to one version of TLS.</summary>
public sealed class TlsVersionResult
{
    internal TlsVersionResult(string computerName, int port, TlsVersion protocol)
    {
        ComputerName = computerName;
        Port = port;
        Protocol = protocol;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host, as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was connected to, as text; the proxy's when there is one. Empty when there was no connection.</summary>
    public string Address { get; internal init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The version that was offered, alone.</summary>
    public TlsVersion Protocol { get; }

    /// <summary>What the server said to it.</summary>
    public TlsVersionState State { get; internal init; }

    /// <summary>How the server said it, or why it is not known.</summary>
    public string Detail { get; internal init; } = "";

    /// <summary>Why, in a word: Connected when the version was accepted, TlsFailed when an alert or another version refused it.</summary>
    public Reason Reason { get; internal init; }

    /// <summary>The cipher suite that the server chose of all; null when it accepted nothing.</summary>
    public string? CipherSuite { get; internal init; }

    /// <summary>The group that it chose to exchange keys in; null when there is none, or it accepted nothing.</summary>
    public string? KeyExchangeGroup { get; internal init; }

    /// <summary>Whether this computer's own TLS library offers the version. Where it does not, other programs here cannot use it, whatever the server accepts.</summary>
    public bool UsableHere { get; internal init; }

    /// <summary>Why this computer's own TLS library does not offer the version; null when it does.</summary>
    public string? LocalRefusal { get; internal init; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was known, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The end point, the version and the answer.</summary>
    public override string ToString() => $"{HostTarget.Join(ComputerName, Port)} {Protocol} {State}";
}
