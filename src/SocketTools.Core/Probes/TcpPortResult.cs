using System;
using System.Globalization;

namespace SocketTools;

/// <summary>What one TCP port of one host said.</summary>
public sealed class TcpPortResult
{
    internal TcpPortResult(in PortAnswer answer)
    {
        ComputerName = answer.Host.ComputerName;
        Address = answer.Address;
        Port = answer.Port;
        Service = ServiceRegistry.Default.NameOf(Port, TransportProtocol.Tcp);
        State = answer.State;
        Reason = answer.Why.Reason;
        ErrorName = answer.Why.ErrorName;
        ErrorCode = answer.Why.ErrorCode;
        LatencyMs = answer.LatencyMs;
        Attempts = answer.Attempts;
        HostName = answer.HostName;
        BannerBytes = answer.Reply;
        Banner = answer.Reply is null ? null : PrintableText.Of(answer.Reply);
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

    /// <summary>This system's number of the error, as Python's <c>connect_ex</c> returns it; 0 when open.</summary>
    public int? ErrorCode { get; }

    /// <summary>From sending the connect to its answer, in milliseconds; null when there was no answer.</summary>
    public double? LatencyMs { get; }

    /// <summary>How many connects it took; 0 when none could be sent.</summary>
    public int Attempts { get; }

    /// <summary>What the server said first, as text in which control characters are escapes and the end of the last line is
    /// left out; null when it was not asked for or the server said nothing.</summary>
    public string? Banner { get; }

    /// <summary>What the server said first, as it came; null when there is no <see cref="Banner"/>.</summary>
    public byte[]? BannerBytes { get; }

    /// <summary>The name that the address leads back to (its PTR), when it was asked for and there is one; else null.</summary>
    public string? HostName { get; internal set; }

    /// <summary>The computer that probed.</summary>
    public string Source { get; }

    /// <summary>When the answer was known, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The end point, its state and the reason.</summary>
    public override string ToString()
    {
        var latency = LatencyMs is { } ms ? ", " + ms.ToString("0.###", CultureInfo.InvariantCulture) + " ms" : "";
        return $"{HostTarget.Join(ComputerName, Port)} {State} ({Reason}{latency})";
    }
}
