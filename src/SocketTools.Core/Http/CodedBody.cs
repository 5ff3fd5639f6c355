using System;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace SocketTools;

/// <summary>A body whose coding is undone, and which breaks off when the coding does: the runtime's decoders take any beginning for
/// the whole.</summary>
/// <remarks>A decoder that has come to the end of its coding asks for nothing more. Only gzip's does, since another member may follow
/// (RFC 1952 section 2.2): it is given one that is known, and what has not ended before makes something else of that.</remarks>
internal sealed class CodedBody : ForwardStream
{
    private static readonly byte[] Known = [0x53, 0x6F, 0x63, 0x6B, 0x65, 0x74, 0x54, 0x6F, 0x6F, 0x6C, 0x73, 0x00, 0xFF, 0xA5, 0x5A, 0x17];
    private static readonly byte[] KnownMember = Compress(Known);

    private readonly string _coding;
    private readonly Source _source;
    private readonly Stream _decoder;
    private readonly byte[] _end = new byte[Known.Length + 1];
    private int _endLength;
    private bool _isOver;

    /// <param name="coding">Its name.</param>
    /// <param name="coded">The coded bytes.</param>
    /// <param name="open">Makes the decoder.</param>
    public CodedBody(string coding, Stream coded, Func<Stream, Stream> open)
    {
        _coding = coding;
        _source = new Source(coded, coding.EndsWith("gzip", StringComparison.OrdinalIgnoreCase) ? KnownMember : []);
        _decoder = open(_source);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The bytes are not so coded, or not to the end.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_isOver)
            return 0;
        try
        {
            var read = _decoder.Read(buffer, offset, count);
            if (!_source.HasEnded)
                return read;
            ReadEnd(buffer, offset, read);
            _isOver = true;
            return 0;
        }
        catch (InvalidDataException error) when (!_source.HasFailed)
        {
            throw _source.HasEnded ? BrokenOff(error) : new InvalidDataException($"its bytes are not {_coding}'s", error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder.Dispose();
        base.Dispose(disposing);
    }

    // What comes after the last of the coded bytes was asked for is no content.
    private void ReadEnd(byte[] first, int offset, int count)
    {
        Buffer.BlockCopy(first, offset, _end, 0, Math.Min(count, _end.Length));
        for (_endLength = Math.Min(count, _end.Length); _endLength < _end.Length;)
        {
            var read = _decoder.Read(_end, _endLength, _end.Length - _endLength);
            if (read == 0)
                break;
            _endLength += read;
        }
        if (!_source.IsEmpty && !(_source.HasKnownEnd && _end.Take(_endLength).SequenceEqual(Known)))
            throw BrokenOff(null);
    }

    private InvalidDataException BrokenOff(Exception? error) => new($"it breaks off inside its coding, {_coding}", error);

    private static byte[] Compress(byte[] bytes)
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal))
            gzip.Write(bytes, 0, bytes.Length);
        return member.ToArray();
    }

    // The coded bytes, and behind them what is known.
    private sealed class Source : ForwardStream
    {
        private readonly Stream _coded;
        private readonly byte[] _behind;
        private int _given;

        public Source(Stream coded, byte[] behind)
        {
            _coded = coded;
            _behind = behind;
        }

        public bool HasKnownEnd => _behind.Length > 0;

        public bool IsEmpty { get; private set; } = true;

        public bool HasEnded { get; private set; }

        // Whether what is wrong is wrong with a coding below this one.
        public bool HasFailed { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            HasFailed = true;
            var read = HasEnded ? 0 : _coded.Read(buffer, offset, count);
            HasFailed = false;
            if (read > 0)
            {
                IsEmpty = false;
                return read;
            }
            HasEnded = true;
            if (IsEmpty)
                return 0;
            var part = Math.Min(count, _behind.Length - _given);
            Buffer.BlockCopy(_behind, _given, buffer, offset, part);
            _given += part;
            return part;
        }
    }
}
