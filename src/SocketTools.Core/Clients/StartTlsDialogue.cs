using System.IO;
using System.Text;

namespace SocketTools;

/// <summary>Asks a server to go on with TLS, in the words of its protocol.</summary>
/// <remarks>Answers are read byte by byte, so that nothing of what follows in the clear is taken for the server's: what an
/// attacker puts behind the answer goes to the handshake, which fails.</remarks>
internal sealed class StartTlsDialogue
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly byte[] PostgresRequest = [0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F];

    private readonly Stream _stream;
    private readonly string _endPoint;
    private int _read;

    public StartTlsDialogue(Stream stream, string endPoint)
    {
        _stream = stream;
        _endPoint = endPoint;
    }

    /// <summary>Ends when the server is ready for the handshake.</summary>
    /// <exception cref="SocketOperationException">It does not want TLS, or does not speak the protocol.</exception>
    public void Run(StartTlsProtocol protocol)
    {
        switch (protocol)
        {
            case StartTlsProtocol.Smtp:
                ExpectReply("220");
                Say("EHLO localhost");
                ExpectReply("250");
                Say("STARTTLS");
                ExpectReply("220");
                break;
            case StartTlsProtocol.Ftp:
                ExpectReply("220");
                Say("AUTH TLS");
                ExpectReply("234");
                break;
            case StartTlsProtocol.Imap:
                Expect("* OK");
                Say("a STARTTLS");
                string line;
                while ((line = ReadLine()).StartsWith("* ", System.StringComparison.Ordinal))
                {
                }
                Check(line, "a OK");
                break;
            case StartTlsProtocol.Pop3:
                Expect("+OK");
                Say("STLS");
                Expect("+OK");
                break;
            default:
                _stream.Write(PostgresRequest, 0, PostgresRequest.Length);
                if (ReadByte() is var answer and not (byte)'S')
                    throw Refused(answer == 'N' ? "N (no TLS)" : "0x" + answer.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Say(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\r\n");
        _stream.Write(bytes, 0, bytes.Length);
    }

    // Several lines, of which the first has a hyphen after the code and the last has none (RFC 5321 section 4.2.1); in FTP those
    // between may be anything (RFC 959 section 4.2).
    private void ExpectReply(string code)
    {
        var line = ReadLine();
        Check(line, code);
        if (line.Length <= 3 || line[3] != '-')
            return;
        do
            line = ReadLine();
        while (!line.StartsWith(code, System.StringComparison.Ordinal) || (line.Length > 3 && line[3] == '-'));
    }

    private void Expect(string start) => Check(ReadLine(), start);

    private void Check(string line, string start)
    {
        if (!line.StartsWith(start, System.StringComparison.OrdinalIgnoreCase))
            throw Refused(PrintableText.Excerpt(line));
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var c = ReadByte(); c != '\n'; c = ReadByte())
            line.Append((char)c);
        return line.ToString().TrimEnd('\r');
    }

    private byte ReadByte()
    {
        var one = new byte[1];
        if (_stream.Read(one, 0, 1) == 0)
            throw new SocketOperationException($"{_endPoint} closed the connection when it was asked for TLS. {Remedy.For(Reason.ConnectionClosed)}", _endPoint, Failure.Because(Reason.ConnectionClosed));
        return ++_read > LongestAnswer ? throw Refused("more than anyone should") : one[0];
    }

    private SocketOperationException Refused(string answer) => new(
        $"{_endPoint} does not go on with TLS: it answered {answer}. Check that it speaks this protocol and offers TLS on this port.",
        _endPoint, Failure.Because(Reason.TlsFailed));
}
