using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One TCP connect: what to connect to and until when, and, afterwards, how it ended. It can be used again.</summary>
internal class ConnectAttempt
{
    /// <summary>Where to connect to.</summary>
    public IPEndPoint RemoteEndPoint { get; set; } = new(IPAddress.None, 0);

    /// <summary>When to give up, as a time stamp of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>When the connect was sent off, as such a time stamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it ended, as such a time stamp.</summary>
    public long EndedAt { get; set; }

    /// <summary>How it ended: <see cref="SocketError.TimedOut"/> when its time was over.</summary>
    public SocketError Error { get; set; }

    /// <summary>Whether the connection, made from an ephemeral port to that same port, met itself (RFC 9293 section 3.5);
    /// then nothing listens there.</summary>
    public bool MetItself { get; set; }

    /// <summary>What the connector keeps with the attempt.</summary>
    public object? ConnectorState { get; set; }
}
