using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace SocketTools.Runner;

/// <summary>
/// Ctrl+C stops the pipeline, whose finally blocks and servers then end in order. A second one, or a command that is
/// deaf to the stop for <see cref="Patience"/>, ends the process.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Session _session;
    private readonly PosixSignalRegistration _registration;
    private readonly Timer _deadline;
    private int _count;

    internal Interrupts(Session session)
    {
        _session = session;
        _deadline = new Timer(_ => GiveUp());
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _deadline.Dispose();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
            Exit();
        _deadline.Change(Patience, Timeout.InfiniteTimeSpan);
        _session.Stop();
    }

    private void GiveUp()
    {
        Console.Error.WriteLine($"The command did not stop within {Patience.TotalSeconds} seconds and was ended.");
        Exit();
    }

    private void Exit()
    {
        _session.LeaveScreen();
        Environment.Exit(ExitCode.Interrupted);
    }
}
