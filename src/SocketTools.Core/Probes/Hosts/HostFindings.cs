using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>Gathers the answers of one host's ports.</summary>
internal sealed class HostFindings
{
    private static readonly TcpPortResult[] None = [];

    private readonly object _gate = new();
    private readonly List<TcpPortResult> _open = [];
    private readonly List<TcpPortResult>? _all;
    private readonly List<Tally> _tallies = [];
    private TcpPortResult? _best;

    /// <param name="sign">What is known of the host already, if anything.</param>
    /// <param name="keepAll">Whether every port's result is kept, not only those of the open ones.</param>
    public HostFindings(HostSign? sign = null, bool keepAll = false)
    {
        Sign = sign;
        _all = keepAll ? [] : null;
    }

    /// <summary>What was known of the host before its ports were probed.</summary>
    public HostSign? Sign { get; }

    /// <summary>How many connects were sent.</summary>
    public long Probes { get; private set; }

    /// <summary>How many ports were probed.</summary>
    public int Probed { get; private set; }

    /// <summary>The shortest time to an answer.</summary>
    public double? LatencyMs { get; private set; }

    public TcpPortResult[] Open => Sorted(_open);

    public TcpPortResult[] All => _all is null ? None : Sorted(_all);

    // Lists are arrays: PowerShell takes no index of the lists that the compiler makes up.
    public PortReasonCount[] Reasons =>
        [.. _tallies.OrderByDescending(static t => t.Count).ThenBy(static t => t.State).Select(static t => new PortReasonCount(t.State, t.Why, t.Count))];

    /// <summary>The address that the report is about.</summary>
    public string? Address => _open.Count > 0 ? Open[0].Address : _best?.Address;

    public void Add(in PortAnswer answer)
    {
        lock (_gate)
        {
            Count(answer.State, answer.Why);
            Probes += answer.Attempts;
            Probed += answer.Attempts > 0 ? 1 : 0;
            if (answer.LatencyMs < (LatencyMs ?? double.MaxValue))
                LatencyMs = answer.LatencyMs;
            var tellsMore = _best is null || PortStates.TellsMore(answer.State, _best.State);
            if (_all is null && answer.State != PortState.Open && !tellsMore)
                return;
            var result = new TcpPortResult(answer);
            _all?.Add(result);
            if (answer.State == PortState.Open)
                _open.Add(result);
            if (tellsMore)
                _best = result;
        }
    }

    public int CountOf(PortState state) => _tallies.Where(t => t.State == state).Sum(static t => t.Count);

    /// <summary>What the ports say of the host, if nothing was known of it before.</summary>
    public HostSign Conclude()
    {
        if (Sign is { } sign)
            return sign with { LatencyMs = Shorter(sign.LatencyMs, LatencyMs) };
        return _best is { State: PortState.Open or PortState.Closed }
            ? new HostSign(HostState.Up, _best.Reason, LatencyMs)
            : new HostSign(HostState.Unknown, Reasons.Select(static r => r.Reason).FirstOrDefault());
    }

    /// <summary>Puts the names of the addresses into the results.</summary>
    public void Name(Func<string, string?> nameOf)
    {
        foreach (var result in _all ?? _open)
            result.HostName = result.Address is { } address ? nameOf(address) : null;
    }

    // A host has few reasons, and most of its ports have the first.
    private void Count(PortState state, Failure why)
    {
        foreach (var tally in _tallies)
        {
            if (tally.State == state && tally.Why == why)
            {
                tally.Count++;
                return;
            }
        }
        _tallies.Add(new Tally(state, why) { Count = 1 });
    }

    private static double? Shorter(double? a, double? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;

    private static TcpPortResult[] Sorted(List<TcpPortResult> results) => [.. results.OrderBy(static r => r.Port)];

    private sealed class Tally
    {
        public Tally(PortState state, Failure why)
        {
            State = state;
            Why = why;
        }

        public PortState State { get; }

        public Failure Why { get; }

        public int Count { get; set; }
    }
}
