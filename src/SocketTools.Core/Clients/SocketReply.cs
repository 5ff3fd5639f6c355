using System;
using System.Text;

namespace SocketTools;

/// <summary>What was sent to a host, what it answered, and why the answer ended there.</summary>
public sealed class SocketReply
{
    private readonly Encoding _encoding;
    private string? _text;

    internal SocketReply(SocketConnection connection, byte[] sent, byte[] received, ReceiveEnd endedBy, Encoding encoding)
    {
        _encoding = encoding;
        ComputerName = connection.ComputerName;
        Address = connection.Address;
        Port = connection.Port;
        Sent = sent;
        Received = received;
        EndedBy = endedBy;
        Source = connection.Source;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host, as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was connected to, as text; the proxy's when there is one.</summary>
    public string Address { get; }

    /// <summary>The port; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>What was received, as text, without the end of the line when a line was asked for.</summary>
    public string Text => _text ??= _encoding.GetString(Received);

    /// <summary>How many bytes were received.</summary>
    public int Length => Received.Length;

    /// <summary>Why the answer ended there.</summary>
    public ReceiveEnd EndedBy { get; }

    /// <summary>What was sent.</summary>
    public byte[] Sent { get; }

    /// <summary>What was received.</summary>
    public byte[] Received { get; }

    /// <summary>How long it took to connect, in milliseconds; null on a connection that was open.</summary>
    public double? ConnectMs { get; internal init; }

    /// <summary>How long after sending the first byte came, in milliseconds; null when it was there before, or none came.</summary>
    public double? FirstByteMs { get; internal init; }

    /// <summary>How long everything took, in milliseconds.</summary>
    public double ElapsedMs { get; internal init; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was whole, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>What was received, with escapes for what a terminal cannot show.</summary>
    public override string ToString() => PrintableText.Of(Received);
}
