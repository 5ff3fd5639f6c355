using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>How often, how long and how patiently latency is measured.</summary>
internal sealed class LatencyOptions
{
    /// <summary>How many samples a target gets unless something else is asked for.</summary>
    public const int DefaultCount = 4;

    /// <summary>From one sample to the next, unless something else is asked for.</summary>
    public const int DefaultIntervalMilliseconds = 1000;

    /// <summary>How long a sample is waited for, unless something else is asked for. Systems send a connect that nobody
    /// answered again after a second (RFC 6298 section 2.1); what is answered then is no measure of the first.</summary>
    public const int DefaultTimeoutMilliseconds = 1000;

    /// <summary>How many samples a target gets; null when <see cref="Duration"/> says how long there are any.</summary>
    public int? Count { get; init; } = DefaultCount;

    /// <summary>How long samples are sent.</summary>
    public TimeSpan Duration { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(DefaultIntervalMilliseconds);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(DefaultTimeoutMilliseconds);

    public TimeSpan ResolutionTimeout { get; init; } = TimeSpan.FromMilliseconds(HostResolver.DefaultTimeoutMilliseconds);

    /// <summary>At most so many targets measured at a time; 0 lets the sampler choose.</summary>
    public int ThrottleLimit { get; init; }

    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;
}
