using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>The bytes of a body as they come, in segments that are joined once at the end. A promised length makes one
/// array for all, but is believed only so far: a peer that promises much and sends little costs little.</summary>
internal sealed class BodyBuffer
{
    private const int FirstSegment = 16 * 1024;
    private const int LargestSegment = 16 * 1024 * 1024;
    private const int BelievedPromise = 16 * 1024 * 1024;
    private const int BelievedGrowth = 16;

    private readonly List<byte[]> _full = [];
    private byte[] _last = [];
    private int _used;

    public int Length { get; private set; }

    /// <summary>Room behind the bytes so far, to read the next ones into; <see cref="Append"/> then leaves them where they are.</summary>
    public ArraySegment<byte> Room => new(_last, _used, _last.Length - _used);

    /// <summary>Makes room for a body that is known to be small.</summary>
    public void Expect(int count)
    {
        if (Length == 0 && count > 0)
            _last = new byte[count];
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="offset">Where they start.</param>
    /// <param name="count">How many.</param>
    /// <param name="promised">How long the body will be in all, as far as known.</param>
    public void Append(byte[] source, int offset, int count, long? promised)
    {
        var isInPlace = source == _last && offset == _used;
        while (count > 0)
        {
            if (_used == _last.Length)
                AddSegment(count, promised);
            var part = Math.Min(count, _last.Length - _used);
            if (!isInPlace)
                Buffer.BlockCopy(source, offset, _last, _used, part);
            _used += part;
            Length += part;
            offset += part;
            count -= part;
        }
    }

    /// <summary>The bytes so far, in an array of their number.</summary>
    public byte[] ToArray()
    {
        if (_used != Length || _last.Length != Length)
            Join();
        return _last;
    }

    private void Join()
    {
        var whole = new byte[Length];
        var at = 0;
        foreach (var segment in _full)
        {
            Buffer.BlockCopy(segment, 0, whole, at, segment.Length);
            at += segment.Length;
        }
        Buffer.BlockCopy(_last, 0, whole, at, _used);
        _full.Clear();
        _last = whole;
        _used = Length;
    }

    private void AddSegment(int needed, long? promised)
    {
        if (promised > Length)
        {
            // One array, grown seldom: most of a large body is never copied.
            if (_full.Count > 0)
                Join();
            var believed = Math.Min(promised.Value, Math.Max(BelievedPromise, Length * (long)BelievedGrowth));
            Array.Resize(ref _last, (int)Math.Min(believed, RawHttpOptions.LargestMaximumBytes));
            return;
        }
        if (_last.Length > 0)
            _full.Add(_last);
        _last = new byte[Math.Min(Math.Max(needed, Math.Min(Math.Max(FirstSegment, Length), LargestSegment)), RawHttpOptions.LargestMaximumBytes)];
        _used = 0;
    }
}
