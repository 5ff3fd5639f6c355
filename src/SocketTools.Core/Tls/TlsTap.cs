using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A stream that goes on to another, and keeps a copy of the first bytes that come, for as long as a handshake runs.</summary>
internal sealed class TlsTap : ForwardStream
{
    private const int Most = 128 * 1024;

    private readonly Stream _inner;
    private byte[]? _kept = new byte[4096];
    private int _count;

    public TlsTap(Stream inner) => _inner = inner;

    /// <summary>Whether this side has begun a handshake: a library that will not may send an alert all the same.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the peer has said all.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether what has come is no TLS.</summary>
    public bool IsForeign => _kept is not null && ServerFlight.Read(_kept, _count).IsForeign;

    public override bool CanWrite => true;

    /// <summary>Keeps nothing from now on, and gives what was kept.</summary>
    /// <returns>An array, and how many of its bytes came.</returns>
    public (byte[] Bytes, int Count) End()
    {
        var kept = _kept ?? [];
        _kept = null;
        return (kept, _count);
    }

    public override int Read(byte[] buffer, int offset, int count) => Keep(buffer, offset, count, _inner.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Keep(buffer, offset, count, await _inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    public override void Write(byte[] buffer, int offset, int count)
    {
        Note(buffer, offset, count);
        _inner.Write(buffer, offset, count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Note(buffer, offset, count);
        return _inner.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private void Note(byte[] buffer, int offset, int count) => HasBegun |= count > 0 && buffer[offset] == ServerFlight.HandshakeRecord;

    private int Keep(byte[] buffer, int offset, int asked, int count)
    {
        // TLS waits for bytes by asking for none.
        HasEnded |= count == 0 && asked > 0;
        if (_kept is null || count <= 0 || _count + count > Most)
            return count;
        if (_count + count > _kept.Length)
            Array.Resize(ref _kept, Math.Max(_kept.Length * 2, _count + count));
        Buffer.BlockCopy(buffer, offset, _kept, _count, count);
        _count += count;
        return count;
    }
}
