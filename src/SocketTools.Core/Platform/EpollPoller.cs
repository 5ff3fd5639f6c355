using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>The poller for Linux (epoll(7), level-triggered), woken by an eventfd(2).</summary>
internal sealed class EpollPoller : ISocketPoller
{
    private const int AtOnce = 256;
    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;
    private const long WakeToken = -1;

    private readonly Epoll _epoll = new();
    private readonly object _gate = new();
    private readonly long[] _tokens = new long[AtOnce];
    private readonly uint[] _events = new uint[AtOnce];
    private readonly List<PolledSocket?> _slots = [];
    private readonly Stack<int> _free = new();
    private int _waker;

    public EpollPoller()
    {
        _waker = OpenEvent(0, NonBlockingCloseOnExec);
        if (_waker < 0)
        {
            _epoll.Dispose();
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
        _epoll.Watch(_waker, WakeToken, Epoll.Readable, isNew: true);
    }

    public string Name => "epoll";

    public int Capacity => int.MaxValue;

    public void Add(PolledSocket polled)
    {
        if (_free.Count == 0)
        {
            _free.Push(_slots.Count);
            _slots.Add(null);
        }
        _epoll.Watch((int)polled.Socket.Handle, _free.Peek(), EventsOf(polled), isNew: true);
        polled.Slot = _free.Pop();
        _slots[polled.Slot] = polled;
    }

    public void Change(PolledSocket polled) => _epoll.Watch((int)polled.Socket.Handle, polled.Slot, EventsOf(polled), isNew: false);

    public void Remove(PolledSocket polled)
    {
        _epoll.Forget((int)polled.Socket.Handle);
        _slots[polled.Slot] = null;
        _free.Push(polled.Slot);
        polled.Slot = -1;
    }

    public void Wait(int milliseconds)
    {
        var count = _epoll.Wait(_tokens, _events, milliseconds);
        for (var i = 0; i < count; i++)
        {
            if (_tokens[i] == WakeToken)
                _ = ReadEvent(_waker, out _, new UIntPtr(sizeof(ulong)));
            else
                // A slot that another socket has taken since is told of what was another's: it finds nothing to do.
                _slots[(int)_tokens[i]]?.Ready((_events[i] & ~Epoll.Writable) != 0, (_events[i] & ~Epoll.Readable) != 0);
        }
    }

    public void Wake()
    {
        var one = 1UL;
        lock (_gate)
        {
            if (_waker >= 0)
                _ = WriteEvent(_waker, ref one, new UIntPtr(sizeof(ulong)));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_waker >= 0)
                _ = LinuxSockets.Close(_waker);
            _waker = -1;
        }
        _epoll.Dispose();
    }

    private static uint EventsOf(PolledSocket polled) =>
        (polled.WantsToRead ? Epoll.Readable : 0) | (polled.WantsToWrite ? Epoll.Writable : 0);

    [DllImport("libc", EntryPoint = "eventfd", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenEvent(uint value, int flags);

    [DllImport("libc", EntryPoint = "read", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ReadEvent(int descriptor, out ulong value, UIntPtr size);

    [DllImport("libc", EntryPoint = "write", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr WriteEvent(int descriptor, ref ulong value, UIntPtr size);
}
