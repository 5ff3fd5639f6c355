using System;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>What answered in the place of TLS, in words.</summary>
internal static class ForeignAnswer
{
    private static readonly (string Start, string Words)[] Starts =
    [
        ("HTTP/", "HTTP without TLS"),
        ("<!DOCTYPE", "HTML"),
        ("<html", "HTML"),
        ("SSH-", "an SSH server's banner"),
        ("220 ", "the greeting of an SMTP or FTP server (SMTP goes on with TLS after -StartTls Smtp)"),
        ("220-", "the greeting of an SMTP or FTP server (SMTP goes on with TLS after -StartTls Smtp)"),
        ("554 ", "an SMTP server's refusal"),
        ("* OK", "an IMAP server's greeting (it may go on with TLS after -StartTls Imap)"),
        ("+OK", "a POP3 server's greeting (it may go on with TLS after -StartTls Pop3)"),
        ("-ERR", "the error of a POP3 or Redis server"),
        ("RFB ", "a VNC server's greeting"),
        ("AMQP", "an AMQP server's greeting"),
        ("@RSYNCD", "an rsync server's greeting"),
    ];

    /// <summary>What the bytes are, and how they begin.</summary>
    public static string Describe(byte[] bytes, int count)
    {
        var start = Encoding.ASCII.GetString(bytes, 0, Math.Min(count, 16));
        var known = Starts.FirstOrDefault(item => start.StartsWith(item.Start, StringComparison.OrdinalIgnoreCase));
        if (known.Words is not null)
            return $"{known.Words}: '{FirstLine(bytes, count)}'";
        if (count > 5 && bytes[3] == 0 && bytes[4] == 10)
            return $"a MySQL server's greeting: '{FirstLine(bytes, count)}'";
        return $"'{FirstLine(bytes, count)}'";
    }

    private static string FirstLine(byte[] bytes, int count)
    {
        var line = bytes.Take(Math.Min(count, 512)).TakeWhile(static b => b is not ((byte)'\r' or (byte)'\n')).ToArray();
        return PrintableText.Excerpt(Text(line));
    }

    private static string Text(byte[] bytes) => new(bytes.Select(static b => (char)b).ToArray());
}
