using System;

namespace SocketTools;

/// <summary>Bytes that have come and have not been taken yet.</summary>
internal sealed class ReceiveBuffer
{
    private const int Smallest = 4 * 1024;
    private const int LargestKept = 256 * 1024;

    private byte[] _bytes = [];

    /// <summary>The array that holds them, until the next change.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Where they begin in the array.</summary>
    public int Start { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room after the bytes and gives where it begins; it is the rest of the array.</summary>
    /// <param name="atLeast">How much room is wanted.</param>
    public int Reserve(int atLeast = 1)
    {
        if (_bytes.Length - Start - Count >= atLeast)
            return Start + Count;
        // Moving is worth it when it gives as much room as it costs; else the array doubles: either way a byte moves seldom.
        var target = _bytes;
        if (_bytes.Length - Count < atLeast || Count > _bytes.Length / 2)
            target = new byte[Math.Max(Smallest, Math.Max(Count + atLeast, (int)Math.Min(2L * _bytes.Length, 0x7FFFFFC7)))];
        Buffer.BlockCopy(_bytes, Start, target, 0, Count);
        _bytes = target;
        Start = 0;
        return Count;
    }

    /// <summary>Counts bytes in that were written to the room.</summary>
    public void Added(int count) => Count += count;

    /// <summary>A copy of the first bytes.</summary>
    public byte[] Copy(int count)
    {
        var copy = new byte[count];
        Buffer.BlockCopy(_bytes, Start, copy, 0, count);
        return copy;
    }

    /// <summary>Takes the first bytes away.</summary>
    public void Remove(int count)
    {
        Start += count;
        Count -= count;
        if (Count > 0)
            return;
        Start = 0;
        if (_bytes.Length > LargestKept)
            _bytes = [];
    }
}
