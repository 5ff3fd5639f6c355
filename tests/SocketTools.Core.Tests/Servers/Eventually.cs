using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Waits for what another thread is about to do, where nothing tells that it has.</summary>
internal static class Eventually
{
    private const int HangSeconds = 60;

    public static Task HoldsAsync(Func<bool> holds, CancellationToken cancellation) =>
        HoldsAsync(() => Task.FromResult(holds()), cancellation);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, CancellationToken)"/>
    public static async Task HoldsAsync(Func<Task<bool>> holds, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); !await holds(); await Task.Delay(5, cancellation))
            Assert.True(clock.Elapsed.TotalSeconds < HangSeconds, "It did not come to hold.");
    }
}
