using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <remarks>They take all threads that this process has for such calls: those of other tests would wait.</remarks>
[Collection(nameof(Alone))]
public sealed class BlockingCallTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Calls_do_not_wait_for_each_other()
    {
        using var all = new CountdownEvent(64);
        var calls = Enumerable.Range(0, 64).Select(_ => BlockingCall.Start(() =>
        {
            all.Signal();
            return all.Wait(Plenty);
        }, CancellationToken.None).Result);

        Assert.All(await Task.WhenAll([.. calls]), Assert.True);
    }

    [Fact]
    public async Task More_calls_than_can_be_waited_for_do_not_hold_up_another_once_they_are_abandoned()
    {
        using var end = new ManualResetEventSlim();
        using var abandoned = new CancellationTokenSource();
        var stuck = Enumerable.Range(0, 1500).Select(_ => BlockingCall.Start(() => end.Wait(Plenty), abandoned.Token)).ToArray();
        try
        {
            var other = BlockingCall.Start(static () => true, CancellationToken.None);
            abandoned.Cancel();

            Assert.True(await other.Result.WaitAsync(Plenty, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(stuck, static call => call.Result.IsCompleted);
        }
        finally
        {
            end.Set();
        }
        Assert.All(await Task.WhenAll(stuck.Where(static call => call.Taken.IsCompleted).Select(static call => call.Result)), Assert.True);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_before_it_has_a_thread_is_never_made()
    {
        using var end = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, 1500)
            .Select(_ => BlockingCall.Start(() => end.Wait(Plenty), CancellationToken.None).Result).ToArray();
        using var abandoned = new CancellationTokenSource();
        var dropped = BlockingCall.Start(static () => true, abandoned.Token);
        abandoned.Cancel();
        end.Set();

        Assert.All(await Task.WhenAll(busy), Assert.True);
        Assert.True(await BlockingCall.Start(static () => true, CancellationToken.None).Result);
        Assert.False(dropped.Taken.IsCompleted);
    }

    [Fact]
    public async Task An_exception_reaches_who_asked() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            static () => BlockingCall.Start<int>(static () => throw new InvalidOperationException(), CancellationToken.None).Result);
}
