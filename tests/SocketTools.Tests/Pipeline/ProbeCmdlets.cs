using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using SocketTools.Pipeline;

namespace SocketTools.Tests;

/// <summary>What the cmdlets of these tests did, by the name of the run.</summary>
public sealed class WorkLog
{
    private static readonly ConcurrentDictionary<string, WorkLog> Logs = new();
    private int _handedOver;
    private int _cancelled;

    public static WorkLog Of(string run) => Logs.GetOrAdd(run, static _ => new WorkLog());

    public int HandedOver => Volatile.Read(ref _handedOver);

    public int Cancelled => Volatile.Read(ref _cancelled);

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void HandOver() => Interlocked.Increment(ref _handedOver);

    public void Cancel() => Interlocked.Increment(ref _cancelled);
}

/// <summary>Hands over numbers as fast as it may, from several producers.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Producers")]
public sealed class TestProducersCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true)]
    public string Run { get; set; } = "";

    [Parameter]
    public int Count { get; set; } = 1;

    [Parameter]
    public int Producers { get; set; } = 4;

    protected override void EndProcessing() =>
        Await(Task.WhenAll(Enumerable.Range(0, Producers).Select(p => Task.Run(() => ProduceAsync(p)))));

    private async Task ProduceAsync(int producer)
    {
        var log = WorkLog.Of(Run);
        for (var i = 0; i < Count; i++)
        {
            if (Cancellation.IsCancellationRequested)
            {
                log.Cancel();
                return;
            }
            log.HandOver();
            await Output.WriteAsync((producer * Count) + i);
            log.Started.TrySetResult();
        }
    }
}

/// <summary>Has work in flight that ends only by cancellation.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Stall")]
public sealed class TestStallCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true)]
    public string Run { get; set; } = "";

    [Parameter]
    public int Tasks { get; set; } = 100;

    [Parameter]
    public SwitchParameter FailFirst { get; set; }

    protected override void EndProcessing()
    {
        if (FailFirst)
            Output.Error(new ErrorRecord(new InvalidOperationException("failed"), "Failed", ErrorCategory.NotSpecified, null));
        Await(Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => StallAsync())));
    }

    private async Task StallAsync()
    {
        var log = WorkLog.Of(Run);
        try
        {
            var stalled = Task.Delay(Timeout.Infinite, Cancellation);
            log.HandOver();
            if (log.HandedOver == Tasks)
                log.Started.TrySetResult();
            await stalled;
        }
        catch (OperationCanceledException)
        {
            log.Cancel();
            throw;
        }
    }
}

/// <summary>Reports progress many times, then throws if asked to.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Progress")]
public sealed class TestProgressCommand : AsyncCmdlet
{
    [Parameter]
    public int Count { get; set; } = 1000;

    [Parameter]
    public SwitchParameter Throw { get; set; }

    protected override void EndProcessing()
    {
        for (var i = 0; i < Count; i++)
            Output.Progress(new ProgressRecord(1, "work", $"step {i}"));
        Await(Throw ? Task.FromException(new InvalidOperationException("a bug")) : Task.CompletedTask);
    }
}
