using System.Globalization;

namespace SocketTools;

/// <summary>How long each step of a request took, in milliseconds, one after the other; null for a step that there was not, as
/// of a connection that was already open.</summary>
public sealed class HttpTiming
{
    /// <summary>Of no step at all.</summary>
    internal static readonly HttpTiming None = new();

    /// <summary>Looking up the name; null for an address.</summary>
    public double? ResolveMs { get; internal init; }

    /// <summary>Connecting.</summary>
    public double? ConnectMs { get; internal init; }

    /// <summary>Asking the proxy for the way on.</summary>
    public double? ProxyMs { get; internal init; }

    /// <summary>The TLS handshake.</summary>
    public double? TlsMs { get; internal init; }

    /// <summary>Sending the request.</summary>
    public double? SendMs { get; internal init; }

    /// <summary>From the request sent to the first byte of the answer.</summary>
    public double? FirstByteMs { get; internal init; }

    /// <summary>From the first byte of the answer to its end.</summary>
    public double? BodyMs { get; internal init; }

    /// <summary>From the start of the command to the end of this answer, redirections and answers before it included.</summary>
    public double TotalMs { get; internal init; }

    /// <summary>The whole, and the wait for the first byte.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.00} ms, first byte after {1:0.00} ms", TotalMs, FirstByteMs);
}
