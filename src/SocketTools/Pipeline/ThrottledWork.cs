using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Work on many targets, of which so many are under way at once; each gives one result or one error, written as they
/// come or in the order of the targets.</summary>
internal sealed class ThrottledWork : IDisposable
{
    private readonly int _limit;
    private readonly bool _inOrder;
    private readonly IPipelineOutput _output;
    private readonly CancellationToken _cancellation;
    private readonly SemaphoreSlim _places;
    private Task _last = Task.CompletedTask;
    private ExceptionDispatchInfo? _fault;

    public ThrottledWork(int limit, bool inOrder, IPipelineOutput output, CancellationToken cancellation)
    {
        _limit = limit;
        _inOrder = inOrder;
        _output = output;
        _cancellation = cancellation;
        _places = new SemaphoreSlim(limit, limit);
    }

    /// <summary>Starts work as soon as there is a place; one thread at a time may call this.</summary>
    /// <param name="target">What is worked on, for its error.</param>
    /// <param name="work">Gives the result.</param>
    public async Task StartAsync(object target, Func<Task<object>> work)
    {
        await _places.WaitAsync(_cancellation).ConfigureAwait(false);
        _fault?.Throw();
        _last = RunAsync(target, work, _inOrder ? _last : Task.CompletedTask);
    }

    /// <summary>Waits for what is under way.</summary>
    public async Task CompleteAsync()
    {
        for (var i = 0; i < _limit; i++)
            await _places.WaitAsync(_cancellation).ConfigureAwait(false);
        _fault?.Throw();
    }

    /// <summary>Needs nothing to be under way.</summary>
    public void Dispose() => _places.Dispose();

    private async Task RunAsync(object target, Func<Task<object>> work, Task before)
    {
        try
        {
            var outcome = await OutcomeAsync(work).ConfigureAwait(false);
            await before.ConfigureAwait(false);
            if (outcome is SocketToolsException error)
                _output.Error(ErrorRecords.Of(error, target));
            else
                await _output.WriteAsync(outcome).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows.
        }
        catch (Exception error)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<object> OutcomeAsync(Func<Task<object>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SocketToolsException error)
        {
            return error;
        }
    }
}
