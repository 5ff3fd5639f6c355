using System;
using System.Management.Automation;
using System.Threading;

namespace SocketTools.Pipeline;

/// <summary>A cmdlet that works on one connection at a time, on the pipeline's thread: a task and a queue would take longer than the
/// work itself. Ctrl+C and the deadline end it all the same.</summary>
public abstract class ConnectionCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _hasGivenSome;

    private protected CancellationToken Cancellation => _stop.Token;

    /// <summary>A limit that begins now.</summary>
    private protected WaitLimit LimitOf(SocketConnection connection, int? milliseconds) =>
        new(milliseconds ?? connection.TimeoutMilliseconds, _stop.Token);

    /// <summary>Does the work; a failure ends the command, or, of several connections from the pipeline, that one's turn only.</summary>
    private protected void Run(SocketConnection connection, bool isOneOfMany, Action<SocketConnection> work) =>
        Run((object)connection, isOneOfMany, () => work(connection));

    /// <summary>Does the work on something; a failure ends the command, or, of several things from the pipeline and of work that has
    /// given a part, that one's turn only.</summary>
    private protected void Run(object target, bool isOneOfMany, Action work)
    {
        _hasGivenSome = false;
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (SocketToolsException error)
        {
            var record = ErrorRecords.Of(error, target);
            if (isOneOfMany || _hasGivenSome)
                WriteError(record);
            else
                ThrowTerminatingError(record);
        }
    }

    /// <summary>Gives a result, which a failure after it must not take back.</summary>
    private protected void Give(object result)
    {
        _hasGivenSome = true;
        WriteObject(result);
    }

    /// <summary>Ends what is under way; runs on another thread than the pipeline's.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what it holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }
}
