using System.Management.Automation;

namespace SocketTools.Commands;

/// <summary>Says what goes wrong at a server, on purpose.</summary>
public abstract class FaultCommand : PSCmdlet
{
    /// <summary>Which way things go wrong.</summary>
    [Parameter]
    public FaultDirection Direction { get; set; } = FaultDirection.Out;

    /// <summary>The share of connections, or of datagrams, that the faults concern.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? Probability { get; set; }

    /// <summary>How much later everything comes.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? LatencyMilliseconds { get; set; }

    /// <summary>By how much the latency varies.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? JitterMilliseconds { get; set; }

    /// <summary>How many bytes a second get through; 0 for all.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? BytesPerSecond { get; set; }

    /// <summary>The largest piece that is passed on at once; 0 for any.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? SliceBytes { get; set; }

    /// <summary>The share of bytes of which a bit is turned.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? CorruptionRate { get; set; }

    /// <summary>The share of datagrams that get lost.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? DropRate { get; set; }

    /// <summary>After how many bytes the connection ends early, or a datagram is cut.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? TruncateAfterBytes { get; set; }

    /// <summary>After how many bytes the connection is reset.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? ResetAfterBytes { get; set; }

    /// <summary>How much later the end of the connection comes.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? CloseDelayMilliseconds { get; set; }

    /// <summary>Lets nothing through, and keeps the connection open.</summary>
    [Parameter]
    public SwitchParameter NoAnswer { get; set; }

    /// <summary>Whether any fault was asked for.</summary>
    private protected bool AsksForFaults => Changed(SocketFaults.None) != SocketFaults.None;

    /// <summary>The faults of a direction, with what was asked for.</summary>
    private protected SocketFaults Change(SocketFaults faults, FaultDirection direction) => (Direction & direction) == 0 ? faults : Changed(faults);

    private SocketFaults Changed(SocketFaults faults) => faults with
    {
        Probability = Probability ?? faults.Probability,
        LatencyMilliseconds = LatencyMilliseconds ?? faults.LatencyMilliseconds,
        JitterMilliseconds = JitterMilliseconds ?? faults.JitterMilliseconds,
        BytesPerSecond = BytesPerSecond ?? faults.BytesPerSecond,
        SliceBytes = SliceBytes ?? faults.SliceBytes,
        CorruptionRate = CorruptionRate ?? faults.CorruptionRate,
        DropRate = DropRate ?? faults.DropRate,
        TruncateAfterBytes = TruncateAfterBytes ?? faults.TruncateAfterBytes,
        ResetAfterBytes = ResetAfterBytes ?? faults.ResetAfterBytes,
        CloseDelayMilliseconds = CloseDelayMilliseconds ?? faults.CloseDelayMilliseconds,
        NoAnswer = NoAnswer.IsPresent ? NoAnswer : faults.NoAnswer,
    };
}
