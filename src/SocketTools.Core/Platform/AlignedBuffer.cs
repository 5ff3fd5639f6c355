using System;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>Room for what sockets bring, which begins at the beginning of a page: systems copy large pieces faster to there.</summary>
internal sealed class AlignedBuffer : IDisposable
{
    private const int Page = 4096;

    private GCHandle _pin;

    /// <param name="length">How much room, in bytes.</param>
    public AlignedBuffer(int length)
    {
        Length = length;
        Bytes = new byte[length + Page];
        _pin = GCHandle.Alloc(Bytes, GCHandleType.Pinned);
        Start = (int)((Page - (_pin.AddrOfPinnedObject().ToInt64() % Page)) % Page);
    }

    /// <summary>The array.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where the room begins in it.</summary>
    public int Start { get; }

    /// <summary>How much room there is, in bytes.</summary>
    public int Length { get; }

    /// <summary>Lets the array go where it likes.</summary>
    public void Dispose()
    {
        if (_pin.IsAllocated)
            _pin.Free();
    }
}
