using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;

namespace SocketTools.Tests;

/// <summary>Messages of a DNS server, made from the question that it was sent.</summary>
internal static class DnsMessages
{
    private const int HeaderBytes = 12;

    /// <summary>The answer to a question.</summary>
    /// <param name="question">The message that was sent.</param>
    /// <param name="code">The response code.</param>
    /// <param name="records">What it says; each is the record of the name asked for unless it names another.</param>
    public static byte[] Answer(byte[] question, int code = 0, params byte[][] records)
    {
        var end = QuestionEnd(question);
        using var message = new MemoryStream();
        message.Write([question[0], question[1], 0x85, (byte)(0x80 | code), 0, 1, (byte)(records.Length >> 8), (byte)records.Length, 0, 0, 0, 0]);
        message.Write(question.AsSpan(HeaderBytes, end - HeaderBytes));
        foreach (var record in records)
            message.Write(record);
        return message.ToArray();
    }

    /// <summary>The same, changed in place.</summary>
    public static byte[] With(this byte[] message, Action<byte[]> change)
    {
        change(message);
        return message;
    }

    public static byte[] A(string address, string? name = null, uint seconds = 60) => Record(1, IPAddress.Parse(address).GetAddressBytes(), name, seconds);

    public static byte[] Cname(string target, string? name = null) => Record(5, Name(target), name);

    public static byte[] Record(int type, byte[] data, string? name = null, uint seconds = 60, int @class = 1) =>
    [
        .. name is null ? [0xC0, HeaderBytes] : Name(name),
        (byte)(type >> 8), (byte)type, (byte)(@class >> 8), (byte)@class,
        (byte)(seconds >> 24), (byte)(seconds >> 16), (byte)(seconds >> 8), (byte)seconds,
        (byte)(data.Length >> 8), (byte)data.Length, .. data,
    ];

    /// <summary>A name on the wire.</summary>
    public static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(static label => Text(label)), 0];

    /// <summary>A string after its length.</summary>
    public static byte[] Text(string text) => [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)];

    /// <summary>The name that a message asks for, and the type.</summary>
    public static (string Name, int Type) Asked(byte[] question)
    {
        var labels = new List<string>();
        var at = HeaderBytes;
        for (; question[at] != 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return (string.Join('.', labels), (question[at + 1] << 8) | question[at + 2]);
    }

    private static int QuestionEnd(byte[] question)
    {
        var at = HeaderBytes;
        while (question[at] != 0)
            at += question[at] + 1;
        return at + 5;
    }
}
