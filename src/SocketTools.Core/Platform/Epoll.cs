using System;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>An epoll instance (epoll(7)): it tells once of a descriptor when its connect has ended, or each time of one that is
/// watched for good.</summary>
internal sealed class Epoll : IDisposable
{
    /// <summary>EPOLLIN and EPOLLOUT; the other events that there are, are errors and ends.</summary>
    public const uint Readable = 1, Writable = 4;

    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const uint WritableOnce = 4 | 1u << 30; // EPOLLOUT | EPOLLONESHOT
    private const int EventsAtOnce = 256;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = TokenOffset + sizeof(long);

    private readonly byte[] _events = new byte[EventsAtOnce * EventBytes];
    private readonly byte[] _watched = new byte[EventBytes];
    private int _descriptor;

    /// <exception cref="SocketException">No descriptor is free.</exception>
    public Epoll()
    {
        _descriptor = Create(CloseOnExec);
        if (_descriptor < 0)
            throw new SocketException((int)LinuxSockets.ErrorOf(LinuxSockets.LastError));
    }

    /// <summary>Watches a descriptor until it is writable, or closed. One thread at a time may call this.</summary>
    /// <returns>False when the system refuses, for want of memory.</returns>
    public bool Watch(int descriptor, long token)
    {
        BitConverter.GetBytes(WritableOnce).CopyTo(_watched, 0);
        BitConverter.GetBytes(token).CopyTo(_watched, TokenOffset);
        return Control(_descriptor, Add, descriptor, _watched) == 0;
    }

    /// <summary>Watches a descriptor until it is forgotten or closed. One thread at a time may call this.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="token">What it is told by.</param>
    /// <param name="events">What is waited for; errors are told of whatever is.</param>
    /// <param name="isNew">Whether it was not watched before.</param>
    /// <exception cref="SocketException">The system refuses, for want of memory.</exception>
    public void Watch(int descriptor, long token, uint events, bool isNew)
    {
        BitConverter.GetBytes(events).CopyTo(_watched, 0);
        BitConverter.GetBytes(token).CopyTo(_watched, TokenOffset);
        if (Control(_descriptor, isNew ? Add : Modify, descriptor, _watched) != 0)
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
    }

    /// <summary>Watches a descriptor no more.</summary>
    public void Forget(int descriptor) => _ = Control(_descriptor, Delete, descriptor, _watched);

    /// <summary>Waits for descriptors and writes their tokens, and what has happened to each.</summary>
    /// <inheritdoc cref="Wait(long[], int)" path="/returns"/>
    public int Wait(long[] tokens, uint[] events, int milliseconds)
    {
        var count = Wait(tokens, milliseconds);
        for (var i = 0; i < count; i++)
            events[i] = BitConverter.ToUInt32(_events, i * EventBytes);
        return count;
    }

    /// <summary>Waits for descriptors and writes their tokens.</summary>
    /// <returns>How many there are; 0 when the time was over.</returns>
    public int Wait(long[] tokens, int milliseconds)
    {
        var count = Wait(_descriptor, _events, Math.Min(tokens.Length, EventsAtOnce), milliseconds);
        for (var i = 0; i < count; i++)
            tokens[i] = BitConverter.ToInt64(_events, (i * EventBytes) + TokenOffset);
        return Math.Max(0, count);
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
            _ = LinuxSockets.Close(_descriptor);
        _descriptor = -1;
    }

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int epoll, int operation, int descriptor, byte[] watched);

    [DllImport("libc", EntryPoint = "epoll_wait", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(int epoll, byte[] events, int count, int milliseconds);
}
