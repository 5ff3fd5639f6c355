using System;
using System.Diagnostics;
using System.IO;

namespace SocketTools;

/// <summary>The bytes that come over a connection: those of one answer, and behind them perhaps those of the next.</summary>
internal sealed class HttpWire
{
    /// <summary>Smaller reads than this are not worth the call.</summary>
    public const int LeastRead = 16 * 1024;

    // Most answers fit, and a larger array takes longer to make than they take to read.
    private const int FirstRead = 1024;
    private const int Growth = 4;
    private const int LargestRead = 256 * 1024;

    private readonly Stream _stream;
    private readonly HttpLink? _link;
    private readonly WaitLimit? _limit;

    /// <param name="stream">Where the bytes come from.</param>
    public HttpWire(Stream stream) => _stream = stream;

    /// <param name="link">Where the bytes come from.</param>
    /// <param name="limit">Ends reads that need not wait, too: a peer may send faster than is read.</param>
    public HttpWire(HttpLink link, WaitLimit limit)
        : this(link.Stream)
    {
        _link = link;
        _limit = limit;
    }

    /// <summary>The array that holds what has come and was not taken.</summary>
    public byte[] Bytes { get; private set; } = new byte[FirstRead];

    /// <summary>Where that starts.</summary>
    public int Start { get; set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    public bool IsEmpty => Start == End;

    /// <inheritdoc cref="HttpLink.IsCutOff"/>
    public bool IsCutOff => _link is { IsCutOff: true };

    /// <summary>When the first byte came since <see cref="Mark"/>, as a time stamp of <see cref="Stopwatch"/>; 0 until then.</summary>
    public long ArrivedAt { get; private set; }

    /// <summary>Starts to wait for the first byte of an answer, which may be there already.</summary>
    public void Mark() => ArrivedAt = IsEmpty ? 0 : Stopwatch.GetTimestamp();

    /// <summary>Reads more when all was taken.</summary>
    /// <returns>How many bytes came; 0 when the peer has said all.</returns>
    public int Fill()
    {
        if (End == Bytes.Length && Bytes.Length < LargestRead)
            Bytes = new byte[Bytes.Length * Growth];
        Start = 0;
        End = 0;
        return End = Read(Bytes, 0, Bytes.Length);
    }

    /// <summary>Reads past the array, which is empty, into another.</summary>
    /// <returns>How many bytes came; 0 when the peer has said all.</returns>
    public int Read(byte[] target, int offset, int count)
    {
        _limit?.Check();
        var read = _stream.Read(target, offset, count);
        if (ArrivedAt == 0)
            ArrivedAt = Stopwatch.GetTimestamp();
        return read;
    }

    /// <summary>Takes all that has come, at most so many bytes.</summary>
    public byte[] TakeRest(int most)
    {
        if (IsEmpty)
            return [];
        var rest = new byte[Math.Min(End - Start, most)];
        Buffer.BlockCopy(Bytes, Start, rest, 0, rest.Length);
        Start = End;
        return rest;
    }
}
