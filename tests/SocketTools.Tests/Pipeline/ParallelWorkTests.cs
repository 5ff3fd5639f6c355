using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SocketTools.Pipeline;

namespace SocketTools.Tests;

public sealed class ParallelWorkTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_items_are_worked_on_so_many_at_a_time()
    {
        var gate = new object();
        var (underWay, most) = (0, 0);
        var done = new ConcurrentBag<int>();
        var work = new ParallelWork<int>(4, async item =>
        {
            lock (gate)
                most = Math.Max(most, ++underWay);
            await Task.Yield();
            lock (gate)
                underWay--;
            done.Add(item);
        });

        for (var i = 0; i < 5000; i++)
            await work.AddAsync(i);
        await work.CompleteAsync().WaitAsync(Plenty, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 5000), done.Order());
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Items_that_are_stuck_do_not_hold_up_the_others()
    {
        var release = new TaskCompletionSource();
        var quick = 0;
        var allQuick = new TaskCompletionSource();
        var work = new ParallelWork<int>(0, item =>
        {
            if (item < 100)
                return release.Task;
            if (Interlocked.Increment(ref quick) == 1000)
                allQuick.SetResult();
            return Task.CompletedTask;
        });

        for (var i = 0; i < 1100; i++)
            await work.AddAsync(i).WaitAsync(Plenty, TestContext.Current.CancellationToken);
        await allQuick.Task.WaitAsync(Plenty, TestContext.Current.CancellationToken);
        release.SetResult();
        await work.CompleteAsync().WaitAsync(Plenty, TestContext.Current.CancellationToken);

        Assert.Equal(1000, quick);
    }

    [Fact]
    public async Task Without_a_number_there_is_an_end_to_what_is_under_way()
    {
        var release = new TaskCompletionSource();
        var first = new StuckWork(128, release.Task);
        await first.AddAsync(200);
        // Other work that comes to as many has found items stuck three times over, time enough for this one to go on.
        var second = new StuckWork(128, release.Task);
        await second.AddAsync(200);

        Assert.Equal(128, first.UnderWay);
        release.SetResult();
        await first.CompleteAsync();
        await second.CompleteAsync();
        Assert.Equal((200, 200), (first.UnderWay, second.UnderWay));
    }

    [Fact]
    public async Task Who_brings_more_than_can_wait_waits()
    {
        var release = new TaskCompletionSource();
        var work = new ParallelWork<int>(2, _ => release.Task);
        var brought = 0;
        Task adding;
        do
            adding = work.AddAsync(brought++);
        while (adding.IsCompleted && brought < 10_000);

        Assert.False(adding.IsCompleted);
        release.SetResult();
        await adding.WaitAsync(Plenty, TestContext.Current.CancellationToken);
        await work.CompleteAsync().WaitAsync(Plenty, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_goes_wrong_reaches_who_brings_and_who_waits()
    {
        var work = new ParallelWork<int>(1, _ => Task.FromException(new InvalidOperationException("no")));

        await work.AddAsync(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => work.CompleteAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => work.AddAsync(2));
    }

    [Fact]
    public async Task Nothing_is_done_at_once() =>
        await new ParallelWork<int>(1, static _ => Task.CompletedTask).CompleteAsync().WaitAsync(Plenty, TestContext.Current.CancellationToken);

    /// <summary>Work without a number whose items are all stuck until they are released.</summary>
    private sealed class StuckWork
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ParallelWork<int> _work;
        private int _underWay;

        public StuckWork(int awaited, Task release) => _work = new ParallelWork<int>(0, _ =>
        {
            if (Interlocked.Increment(ref _underWay) == awaited)
                _reached.SetResult();
            return release;
        });

        public int UnderWay => Volatile.Read(ref _underWay);

        /// <summary>Ends when as many items are under way as are awaited.</summary>
        public async Task AddAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await _work.AddAsync(i).WaitAsync(Plenty, TestContext.Current.CancellationToken);
            await _reached.Task.WaitAsync(Plenty, TestContext.Current.CancellationToken);
        }

        public Task CompleteAsync() => _work.CompleteAsync().WaitAsync(Plenty, TestContext.Current.CancellationToken);
    }
}
