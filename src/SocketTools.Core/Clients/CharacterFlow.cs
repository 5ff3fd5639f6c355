using System.Text;

namespace SocketTools;

/// <summary>Text out of bytes that come in pieces: a character that a piece breaks off comes with the next one.</summary>
internal sealed class CharacterFlow
{
    private Encoding? _encoding;
    private Decoder? _decoder;

    /// <summary>The text of a piece.</summary>
    /// <param name="bytes">The piece.</param>
    /// <param name="encoding">What it is in; another one than before starts anew.</param>
    /// <param name="isLast">Whether nothing follows, so that a broken character is told as one.</param>
    public string Decode(byte[] bytes, Encoding encoding, bool isLast)
    {
        if (!ReferenceEquals(encoding, _encoding))
        {
            _encoding = encoding;
            _decoder = encoding.GetDecoder();
        }
        var count = _decoder!.GetCharCount(bytes, 0, bytes.Length, isLast);
        if (count == 0 && !isLast && bytes.Length == 0)
            return "";
        var characters = new char[count];
        _decoder.GetChars(bytes, 0, bytes.Length, characters, 0, isLast);
        return new string(characters);
    }

    /// <summary>Forgets a character that was broken off: its rest was taken as bytes.</summary>
    public void Reset() => _decoder?.Reset();
}
