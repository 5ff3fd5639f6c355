using System.Globalization;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>Decodes bytes that are no text as <c>\xNN</c>.</summary>
internal sealed class HexadecimalFallback : DecoderFallback
{
    private const int MostBytes = 4;
    private const int CharactersOfByte = 4;

    /// <inheritdoc/>
    public override int MaxCharCount => MostBytes * CharactersOfByte;

    /// <inheritdoc/>
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new HexadecimalBuffer();

    private sealed class HexadecimalBuffer : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _text = string.Concat(bytesUnknown.Select(static b => "\\x" + b.ToString("x2", CultureInfo.InvariantCulture)));
            _next = 0;
            return true;
        }

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
                return false;
            _next--;
            return true;
        }

        public override void Reset()
        {
            _text = "";
            _next = 0;
        }
    }
}
