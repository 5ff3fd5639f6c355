using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One probe: what to send to and until when, and, afterwards, how it ended. It can be used again.</summary>
internal class ConnectAttempt
{
    /// <summary>Where to connect to.</summary>
    public IPEndPoint RemoteEndPoint { get; set; } = new(IPAddress.None, 0);

    /// <summary>The address of this host to send from; the system chooses when null.</summary>
    public IPAddress? Source { get; set; }

    /// <summary>When to give up, as a time stamp of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>When it was sent off, as such a time stamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it ended, as such a time stamp.</summary>
    public long EndedAt { get; set; }

    /// <summary>How it ended: <see cref="SocketError.TimedOut"/> when its time was over.</summary>
    public SocketError Error { get; set; }

    /// <summary>Whether a connection that was made is left in <see cref="Connection"/> instead of being closed.</summary>
    public bool KeepsConnection { get; set; }

    /// <summary>The connection, which its taker owns.</summary>
    public Socket? Connection { get; set; }

    /// <summary>What a datagram probe sends.</summary>
    public DatagramRequest? Request { get; set; }

    /// <summary>How often a datagram probe may be sent in all, evenly over its time; what answers any of them ends it.</summary>
    public int MostSends { get; set; } = 1;

    /// <summary>How often it was sent.</summary>
    public int Sends { get; set; }

    /// <summary>The datagram that answered; null when none did.</summary>
    public byte[]? Reply { get; set; }

    /// <summary>Whether the connection, made from an ephemeral port to that same port, met itself (RFC 9293 section 3.5);
    /// then nothing listens there.</summary>
    public bool MetItself { get; set; }

    /// <summary>What the connector keeps with the attempt.</summary>
    public object? ConnectorState { get; set; }

    /// <summary>How a TCP connect ended: one that is refused was never made (RFC 9293 section 3.10.7.3), but one that is said to
    /// have been reset had been, however shortly.</summary>
    public static SocketError OutcomeOf(SocketError error) => error == SocketError.ConnectionReset ? SocketError.Success : error;
}
