using System;
using System.Globalization;

namespace SocketTools;

/// <summary>What one UDP port of one host said.</summary>
public sealed class UdpPortResult
{
    internal UdpPortResult(in PortAnswer answer, string probe)
    {
        ComputerName = answer.Host.ComputerName;
        Address = answer.Address;
        Port = answer.Port;
        Service = ServiceRegistry.Default.NameOf(Port, TransportProtocol.Udp);
        State = answer.State;
        Reason = answer.Why.Reason;
        ErrorName = answer.Why.ErrorName;
        ErrorCode = answer.Why.ErrorCode;
        LatencyMs = answer.LatencyMs;
        Attempts = answer.Attempts;
        Probe = probe;
        ReplyBytes = answer.Reply;
        Reply = answer.Reply is null ? null : PrintableText.Of(answer.Reply);
        HostName = answer.HostName;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was probed, as text; null when the name did not resolve.</summary>
    public string? Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The service that is registered for the port, or null. It is not what was found there.</summary>
    public string? Service { get; }

    /// <summary>What is known of the port.</summary>
    public PortState State { get; }

    /// <summary>Why the state is what it is.</summary>
    public Reason Reason { get; }

    /// <summary>The POSIX name of the error (<c>ECONNREFUSED</c>), the same on every system; null when open.</summary>
    public string? ErrorName { get; }

    /// <summary>This system's number of the error; 0 when open.</summary>
    public int? ErrorCode { get; }

    /// <summary>From sending the first datagram to the answer, in milliseconds; null when there was no answer.</summary>
    public double? LatencyMs { get; }

    /// <summary>How many datagrams were sent; 0 when none could be.</summary>
    public int Attempts { get; }

    /// <summary>What was sent: the name of a protocol, <c>Empty</c> for a datagram without a byte, or <c>Custom</c>.</summary>
    public string Probe { get; }

    /// <summary>The datagram that answered, as text in which control characters and bytes that are no UTF-8 are escapes; null
    /// when none did.</summary>
    public string? Reply { get; }

    /// <summary>The datagram that answered, as it came; null when none did.</summary>
    public byte[]? ReplyBytes { get; }

    /// <summary>The name that the address leads back to (its PTR), when it was asked for and there is one; else null.</summary>
    public string? HostName { get; }

    /// <summary>The computer that probed.</summary>
    public string Source { get; }

    /// <summary>When the answer was known, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The end point, its state and the reason.</summary>
    public override string ToString()
    {
        var latency = LatencyMs is { } ms ? ", " + ms.ToString("0.###", CultureInfo.InvariantCulture) + " ms" : "";
        return $"{HostTarget.Join(ComputerName, Port)}/udp {State} ({Reason}{latency})";
    }
}
