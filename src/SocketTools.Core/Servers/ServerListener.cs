using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Accepts connections, as long as this process has descriptors to spare.</summary>
internal sealed class ServerListener : PolledSocket
{
    private const int AtOnce = 32;

    private readonly ConnectionDesk _desk;
    private readonly Listening _listening;
    private readonly int _descriptorsEach;
    private int _allowance;

    public ServerListener(Listening listening, ConnectionDesk desk)
        : base(listening.Socket)
    {
        _listening = listening;
        _desk = desk;
        _descriptorsEach = desk.Options.Handler is ForwardHandler ? 2 : 1;
    }

    /// <summary>Whether it accepts nothing for now, for want of descriptors.</summary>
    public bool IsPaused => !WantsToRead;

    public override void Ready(bool canRead, bool canWrite)
    {
        for (var i = 0; i < AtOnce && !IsPaused && TryAccept(); i++)
        {
        }
    }

    /// <summary>Accepts again when there are descriptors again.</summary>
    public void Resume()
    {
        if (IsPaused && HasRoom())
            Set(accepts: true);
    }

    /// <returns>Whether more are waiting.</returns>
    private bool TryAccept()
    {
        if (!HasRoom())
        {
            Pause();
            return false;
        }
        Socket connection;
        try
        {
            connection = Socket.Accept();
        }
        catch (SocketException error)
        {
            switch (error.SocketErrorCode)
            {
                case SocketError.WouldBlock:
                    return false;
                case SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable:
                    Pause();
                    return false;
                default:
                    // A client that is gone already.
                    return Socket.Poll(0, SelectMode.SelectRead);
            }
        }
        _allowance -= _descriptorsEach;
        if (!DescriptorBudget.Admits(connection))
            Pause();
        _desk.Admit(connection, _listening);
        return Socket.Poll(0, SelectMode.SelectRead);
    }

    // Counted seldom: half of what is free may be taken before it is counted again, so that others have theirs.
    private bool HasRoom()
    {
        if (_allowance >= _descriptorsEach)
            return true;
        var free = DescriptorBudget.Free();
        _allowance = Math.Max(free / 2, Math.Min(free, _descriptorsEach));
        return _allowance >= _descriptorsEach;
    }

    private void Pause()
    {
        _allowance = 0;
        _desk.Counters.CountError();
        Set(accepts: false);
    }

    private void Set(bool accepts)
    {
        WantsToRead = accepts;
        if (Slot >= 0)
            _desk.Loop.Change(this);
    }
}
