using System;
using System.Globalization;

namespace SocketTools;

/// <summary>How long one connect to a TCP port took to be answered.</summary>
public sealed class LatencySample
{
    internal LatencySample(string computerName, string? address, int port, int sequence, LatencyAnswer answer)
    {
        ComputerName = computerName;
        Address = address;
        Port = port;
        Service = ServiceRegistry.Default.NameOf(port, TransportProtocol.Tcp);
        Sequence = sequence;
        State = answer.State;
        Reason = answer.Why.Reason;
        ErrorName = answer.Why.ErrorName;
        ErrorCode = answer.Why.ErrorCode;
        LatencyMs = answer.LatencyMs;
        Source = ThisComputer.Name;
        Timestamp = answer.Timestamp;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The address that was measured, as text; null when the name did not resolve.</summary>
    public string? Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The service that is registered for the port, or null. It is not what was found there.</summary>
    public string? Service { get; }

    /// <summary>The sample's number; a target's first is 1.</summary>
    public int Sequence { get; }

    /// <summary>What the sample showed of the port.</summary>
    public PortState State { get; }

    /// <summary>Why the state is what it is.</summary>
    public Reason Reason { get; }

    /// <summary>The POSIX name of the error (<c>ECONNREFUSED</c>), the same on every system; null when open.</summary>
    public string? ErrorName { get; }

    /// <summary>This system's number of the error; 0 when open.</summary>
    public int? ErrorCode { get; }

    /// <summary>From sending the connect to its answer, a handshake or a refusal, in milliseconds; null when there was none.</summary>
    public double? LatencyMs { get; }

    /// <summary>The computer that measured.</summary>
    public string Source { get; }

    /// <summary>When the connect was sent, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The end point, the sample's number, its state and its latency.</summary>
    public override string ToString()
    {
        var latency = LatencyMs is { } ms ? ", " + ms.ToString("0.###", CultureInfo.InvariantCulture) + " ms" : "";
        return $"{HostTarget.Join(ComputerName, Port)} #{Sequence.ToString(CultureInfo.InvariantCulture)} {State} ({Reason}{latency})";
    }
}
