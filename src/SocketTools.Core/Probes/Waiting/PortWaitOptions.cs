using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>What ports are waited for, and how they are asked meanwhile.</summary>
internal sealed class PortWaitOptions
{
    /// <summary>How long to wait unless something else is asked for.</summary>
    public const double DefaultTotalSeconds = 60;

    /// <summary>How far apart attempts are in the long run, unless something else is asked for.</summary>
    public const int DefaultIntervalMilliseconds = 1000;

    /// <summary>The states that are waited for.</summary>
    public ICollection<PortState> States { get; init; } = [PortState.Open];

    /// <summary>Whether one port is enough.</summary>
    public bool Any { get; init; }

    /// <summary>How often in a row a port must be found in such a state.</summary>
    public int StableCount { get; init; } = 1;

    /// <summary>How long to wait in all.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(DefaultTotalSeconds);

    /// <summary>From one attempt to the next, in the long run.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(DefaultIntervalMilliseconds);

    /// <summary>How each attempt is made.</summary>
    public PortScanOptions Attempt { get; init; } = new();

    /// <summary>How long an attempt may take that has all of its time.</summary>
    public TimeSpan WholeAttempt => Attempt.Timeout < Total ? Attempt.Timeout : Total;
}
