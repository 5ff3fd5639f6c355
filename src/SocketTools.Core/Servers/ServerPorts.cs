using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a server listens on: opened, closed for a while, opened again at the same place, closed for good.</summary>
internal sealed class ServerPorts
{
    private const int TryAgainMilliseconds = 200;

    private readonly ConnectionDesk _desk;
    private readonly List<PolledSocket> _polled = [];
    private IReadOnlyList<Listening> _open = [];
    private volatile bool _isRefusing;
    private bool _isClosed;
    private int _refusal;

    public ServerPorts(ConnectionDesk desk) => _desk = desk;

    /// <summary>Where it listens, also while it does not.</summary>
    public IReadOnlyList<EndPoint> EndPoints { get; private set; } = [];

    /// <summary>The same as text, with the protocol.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The sockets.</summary>
    public IReadOnlyList<Listening> Sockets => _open;

    /// <summary>Whether it is closed for a while.</summary>
    public bool IsRefusing => _isRefusing;

    /// <summary>Whether something waits for descriptors, or for time to pass.</summary>
    public bool WantsTicks => _polled.Exists(static polled => polled is ServerListener { IsPaused: true } or DatagramService { WantsTicks: true });

    /// <summary>Opens it.</summary>
    /// <exception cref="SocketOperationException">Not all of it can be had.</exception>
    public void Open()
    {
        _open = Listening.Open(_desk.Options);
        EndPoints = [.. _open.Select(static one => one.EndPoint)];
        Names = _open.Select(static one => one.Protocol is { } protocol ? $"{protocol.ToString().ToLowerInvariant()} {one.EndPoint}" : $"unix {one.EndPoint}").ToArray();
        _desk.Loop.Post(Watch);
    }

    /// <summary>Lets listeners go on that waited for descriptors, and forgets UDP clients that are idle; on the loop's thread.</summary>
    public void Look()
    {
        foreach (var polled in _polled)
        {
            (polled as ServerListener)?.Resume();
            (polled as DatagramService)?.Look();
        }
    }

    /// <summary>Closes it for good; ends when it is closed.</summary>
    /// <param name="then">Done on the loop's thread afterwards.</param>
    public Task Close(Action then)
    {
        var closed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Loop.Post(() =>
        {
            _isClosed = true;
            CloseAll();
            then();
            closed.SetResult(true);
        });
        return closed.Task;
    }

    /// <summary>Closes it for a while.</summary>
    public void Refuse(int milliseconds)
    {
        _isRefusing = true;
        var closed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Loop.Post(() =>
        {
            CloseAll();
            ReopenAfter(milliseconds, ++_refusal);
            closed.SetResult(true);
        });
        closed.Task.Wait();
    }

    private void Watch()
    {
        foreach (var one in _open)
        {
            PolledSocket? polled = one.Protocol == TransportProtocol.Udp
                ? new DatagramService(one, _desk)
                : _desk.Options.Handler is AcceptHandler ? null : new ServerListener(one, _desk);
            if (polled is null)
                continue;
            _desk.Loop.Add(polled);
            _polled.Add(polled);
        }
    }

    private void CloseAll()
    {
        foreach (var polled in _polled)
        {
            (polled as DatagramService)?.End();
            _desk.Loop.Remove(polled);
        }
        _polled.Clear();
        foreach (var one in _open)
            one.Socket.Dispose();
        _open = [];
    }

    private void ReopenAfter(int milliseconds, int refusal) =>
        Task.Delay(milliseconds).ContinueWith(_ => _desk.Loop.Post(() => Reopen(refusal)), TaskScheduler.Default);

    private void Reopen(int refusal)
    {
        if (_isClosed || refusal != _refusal)
            return;
        try
        {
            _open = Listening.Open(_desk.Options with { Port = (EndPoints[0] as IPEndPoint)?.Port ?? 0 });
            Watch();
            _isRefusing = false;
        }
        catch (SocketOperationException)
        {
            // Somebody else has the port for now.
            _desk.Counters.CountError();
            ReopenAfter(TryAgainMilliseconds, refusal);
        }
    }
}
