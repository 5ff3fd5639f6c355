namespace SocketTools;

/// <summary>What is known of a host, from what, and how long that took; the time is null when there was no answer.</summary>
internal readonly record struct HostSign(HostState State, Reason Reason, double? LatencyMs = null)
{
    /// <summary>Silence.</summary>
    public static readonly HostSign Silence = new(HostState.Down, Reason.TimedOut);

    public bool IsUp => State == HostState.Up;

    /// <summary>What a port that was tried to find its host says of that host.</summary>
    public static HostSign Of(in PortAnswer answer) => new(
        answer.State switch
        {
            PortState.Open or PortState.Closed => HostState.Up,
            PortState.Filtered => HostState.Down,
            _ => HostState.Unknown,
        },
        answer.Why.Reason,
        answer.LatencyMs);

    /// <summary>Whether this goes before another. A host of which not everything could be asked is not down because the rest
    /// is silent; what the network said goes before silence.</summary>
    public bool GoesBefore(HostSign other) => Rank > other.Rank;

    private int Rank => this switch
    {
        { State: HostState.Up } => 3,
        { State: HostState.Unknown } => 2,
        { Reason: not Reason.TimedOut } => 1,
        _ => 0,
    };
}
