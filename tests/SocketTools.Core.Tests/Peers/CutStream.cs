using System;
using System.Collections.Generic;
using System.IO;

namespace SocketTools.Tests;

/// <summary>Bytes that come in pieces of given lengths, at the end of which the peer closes, or is silent for ever.</summary>
internal sealed class CutStream : MemoryStream
{
    private readonly IEnumerator<int> _cuts;
    private readonly bool _closes;
    private int _left;

    public CutStream(byte[] bytes, IEnumerable<int> cuts, bool closes)
        : base(bytes)
    {
        _cuts = cuts.GetEnumerator();
        _closes = closes;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Position == Length && !_closes)
            throw new TimeoutException();
        if (_left == 0)
            _left = _cuts.MoveNext() ? _cuts.Current : int.MaxValue;
        var read = base.Read(buffer, offset, Math.Min(count, _left));
        _left -= read;
        return read;
    }
}
