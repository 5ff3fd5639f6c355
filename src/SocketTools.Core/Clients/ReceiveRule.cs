using System;
using System.Text;
using System.Text.RegularExpressions;

namespace SocketTools;

/// <summary>When a message is whole. A rule looks at the bytes that have come since the message began, and remembers how far
/// it has looked; it is for one message.</summary>
internal abstract class ReceiveRule
{
    /// <summary>How many bytes the message takes; -1 when more are needed.</summary>
    /// <param name="bytes">The array that they are in.</param>
    /// <param name="start">Where they begin in the array.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="mayRest">Whether nothing more is there at the moment, so that a dear look is worth it.</param>
    public abstract int EndIn(byte[] bytes, int start, int count, bool mayRest);

    /// <summary>What the end is, once the rule has found it.</summary>
    public abstract ReceiveEnd Kind { get; }

    /// <summary>How many of the message's last bytes only mark its end and are no part of what is given.</summary>
    public virtual int MarkIn(byte[] bytes, int start, int length) => 0;

    /// <summary>Whether the peer's end is the message's end, too.</summary>
    public virtual bool TakesEnd => false;

    /// <summary>Whether looking costs so much that it is done seldom.</summary>
    public virtual bool IsDear => false;

    /// <summary>How many bytes are wanted at least, given so many; a hint.</summary>
    public virtual int Wants(int count) => 1;
}

/// <summary>Whatever has come.</summary>
internal sealed class AnythingRule : ReceiveRule
{
    public override ReceiveEnd Kind => ReceiveEnd.Available;

    public override bool TakesEnd => true;

    public override int EndIn(byte[] bytes, int start, int count, bool mayRest) => count > 0 ? count : -1;
}

/// <summary>Everything until the peer has said all.</summary>
internal sealed class ToEndRule : ReceiveRule
{
    public override ReceiveEnd Kind => ReceiveEnd.PeerClosed;

    public override bool TakesEnd => true;

    public override int EndIn(byte[] bytes, int start, int count, bool mayRest) => -1;
}

/// <summary>A number of bytes.</summary>
internal sealed class LengthRule : ReceiveRule
{
    private readonly int _length;

    public LengthRule(int length) => _length = length;

    public override ReceiveEnd Kind => ReceiveEnd.Length;

    public override int EndIn(byte[] bytes, int start, int count, bool mayRest) => count >= _length ? _length : -1;

    public override int Wants(int count) => Math.Max(1, Math.Min(_length - count, 1024 * 1024));
}

/// <summary>Up to a delimiter, and with it.</summary>
internal class DelimiterRule : ReceiveRule
{
    private readonly byte[] _delimiter;
    private int _looked;

    public DelimiterRule(byte[] delimiter) =>
        _delimiter = delimiter.Length > 0 ? delimiter : throw new ArgumentException("A delimiter has at least one byte.", nameof(delimiter));

    public override ReceiveEnd Kind => ReceiveEnd.Delimiter;

    public override int EndIn(byte[] bytes, int start, int count, bool mayRest)
    {
        var last = count - _delimiter.Length;
        while (_looked <= last)
        {
            var found = Array.IndexOf(bytes, _delimiter[0], start + _looked, last - _looked + 1) - start;
            if (found < 0)
            {
                _looked = last + 1;
                break;
            }
            if (IsAt(bytes, start + found))
                return found + _delimiter.Length;
            _looked = found + 1;
        }
        return -1;
    }

    private bool IsAt(byte[] bytes, int at)
    {
        for (var i = 1; i < _delimiter.Length; i++)
        {
            if (bytes[at + i] != _delimiter[i])
                return false;
        }
        return true;
    }
}

/// <summary>A line: up to LF, which is not given, nor a CR before it. The last line may lack its LF.</summary>
internal sealed class LineRule : DelimiterRule
{
    private readonly byte[] _carriageReturn;
    private readonly int _lineFeedBytes;

    /// <param name="encoding">What the text is in; of some, a line feed has several bytes.</param>
    public LineRule(Encoding encoding)
        : base(encoding.GetBytes("\n"))
    {
        _lineFeedBytes = encoding.GetByteCount("\n");
        _carriageReturn = encoding.GetBytes("\r");
    }

    public override bool TakesEnd => true;

    public override int MarkIn(byte[] bytes, int start, int length)
    {
        var before = length - _lineFeedBytes - _carriageReturn.Length;
        if (before < 0)
            return _lineFeedBytes;
        for (var i = 0; i < _carriageReturn.Length; i++)
        {
            if (bytes[start + before + i] != _carriageReturn[i])
                return _lineFeedBytes;
        }
        return _lineFeedBytes + _carriageReturn.Length;
    }
}

/// <summary>Up to the end of a match of a regular expression in the text, and with it.</summary>
/// <remarks>A match may begin anywhere, so that each look is over all of the text: it is looked at when nothing more is
/// there for now, and no further back than a window, and else when it has doubled.</remarks>
internal sealed class PatternRule : ReceiveRule
{
    private const int Window = 64 * 1024;

    private readonly Regex _pattern;
    private readonly Encoding _encoding;
    private readonly Decoder _decoder;
    private readonly StringBuilder _text = new();
    private int _decoded;
    private int _lookAt;

    public PatternRule(Regex pattern, Encoding encoding)
    {
        _pattern = pattern;
        _encoding = encoding;
        _decoder = encoding.GetDecoder();
    }

    public override ReceiveEnd Kind => ReceiveEnd.Pattern;

    public override bool IsDear => true;

    public override int EndIn(byte[] bytes, int start, int count, bool mayRest)
    {
        if (!mayRest && count < _lookAt)
            return -1;
        var characters = new char[_encoding.GetMaxCharCount(count - _decoded)];
        var decoded = _decoder.GetChars(bytes, start + _decoded, count - _decoded, characters, 0);
        _text.Append(characters, 0, decoded);
        _decoded = count;
        _lookAt = 2 * count;
        var from = Math.Max(0, _text.Length - decoded - Window);
        var match = _pattern.Match(_text.ToString(from, _text.Length - from));
        return from + match.Index + match.Length is > 0 and var end && match.Success ? BytesOf(end, bytes, start, count) : -1;
    }

    // Counted with a decoder: bytes that are no text would not come out the same when encoded again.
    private int BytesOf(int characters, byte[] bytes, int start, int count)
    {
        _encoding.GetDecoder().Convert(
            bytes, start, count, new char[characters], 0, characters, flush: false, out var used, out _, out _);
        return used;
    }
}
