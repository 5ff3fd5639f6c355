using System;

namespace SocketTools;

/// <summary>The bytes of a body as they come. A promised length saves growing, but is believed only so far: a peer that
/// promises much and sends little costs little.</summary>
internal sealed class BodyBuffer
{
    private const int FirstCapacity = 16 * 1024;
    private const int BelievedPromise = 64 * 1024 * 1024;
    private const int BelievedGrowth = 8;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>Room behind the bytes so far, to read the next ones into; <see cref="Append"/> then leaves them where they are.</summary>
    public ArraySegment<byte> Room => new(_bytes, Length, _bytes.Length - Length);

    /// <summary>Adds bytes.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="offset">Where they start.</param>
    /// <param name="count">How many.</param>
    /// <param name="promised">How long the body will be in all, as far as known.</param>
    public void Append(byte[] source, int offset, int count, long? promised)
    {
        if (source != _bytes || offset != Length)
        {
            if (count > _bytes.Length - Length)
                Array.Resize(ref _bytes, NextCapacity(Length + (long)count, promised));
            Buffer.BlockCopy(source, offset, _bytes, Length, count);
        }
        Length += count;
    }

    /// <summary>The bytes so far, in an array of their number.</summary>
    public byte[] ToArray()
    {
        if (_bytes.Length != Length)
            Array.Resize(ref _bytes, Length);
        return _bytes;
    }

    private int NextCapacity(long needed, long? promised)
    {
        var doubled = Math.Max(Math.Max(needed, FirstCapacity), _bytes.Length * 2L);
        var believed = Math.Min(promised ?? 0, Math.Max(BelievedPromise, _bytes.Length * (long)BelievedGrowth));
        var capacity = promised is { } length && length >= needed ? Math.Min(Math.Max(doubled, believed), length) : doubled;
        return (int)Math.Min(capacity, RawHttpOptions.LargestMaximumBytes);
    }
}
