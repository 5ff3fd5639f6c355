using System;
using System.Text;

namespace SocketTools;

/// <summary>One question to a DNS server (RFC 1035 section 4.1.2), and what makes a message the answer to it.</summary>
internal sealed class DnsQuestion
{
    private const int HeaderBytes = 12;
    private const int Internet = 1;
    private const int OptionsType = 41;

    /// <summary>The largest datagram that is asked for: one that passes every network unfragmented (RFC 9715 section 3.2).</summary>
    private const int LargestDatagram = 1232;

    private readonly byte[] _question;

    public DnsQuestion(DnsName name, DnsRecordType type)
    {
        Name = name;
        Type = type;
        _question = QuestionBytes(name.Ascii, (int)type);
    }

    public DnsName Name { get; }

    public DnsRecordType Type { get; }

    /// <summary>The message to send.</summary>
    /// <param name="id">What the answer must repeat.</param>
    /// <param name="extended">Whether it says that it takes larger datagrams than 512 bytes (RFC 6891).</param>
    public byte[] ToMessage(ushort id, bool extended)
    {
        var message = new byte[HeaderBytes + _question.Length + (extended ? 11 : 0)];
        Write(message, 0, id);
        message[2] = 1; // recursion desired
        message[5] = 1; // one question
        Buffer.BlockCopy(_question, 0, message, HeaderBytes, _question.Length);
        if (extended)
        {
            message[11] = 1; // one additional record: the root's name, type, size, flags, no data
            var at = HeaderBytes + _question.Length + 1;
            Write(message, at, OptionsType);
            Write(message, at + 2, LargestDatagram);
        }
        return message;
    }

    /// <summary>What is wrong with a message as the answer to this question with that id, or null when it is one.</summary>
    public string? FaultOf(byte[] message, int length, ushort id)
    {
        if (length < HeaderBytes || (message[2] & 0x80) == 0)
            return "NOT_AN_ANSWER";
        if (((message[0] << 8) | message[1]) != id)
            return "ID_MISMATCH";
        var header = new DnsHeader(message);
        return header.Questions == 1 && HasQuestion(message, length) || (header.Questions == 0 && header.IsNotUnderstood)
            ? null
            : "QUESTION_MISMATCH";
    }

    // Servers may change the case of letters.
    private bool HasQuestion(byte[] message, int length)
    {
        if (length < HeaderBytes + _question.Length)
            return false;
        for (var i = 0; i < _question.Length; i++)
        {
            if (Lower(message[HeaderBytes + i]) != Lower(_question[i]))
                return false;
        }
        return true;
    }

    private static int Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? b | 0x20 : b;

    private static byte[] QuestionBytes(string name, int type)
    {
        var bytes = new byte[name.Length == 0 ? 5 : name.Length + 6];
        if (name.Length > 0)
        {
            Encoding.ASCII.GetBytes(name, 0, name.Length, bytes, 1);
            var label = 0;
            for (var i = 1; i <= name.Length; i++)
            {
                if (bytes[i] != (byte)'.')
                    continue;
                bytes[label] = (byte)(i - label - 1);
                label = i;
            }
            bytes[label] = (byte)(name.Length - label);
        }
        Write(bytes, bytes.Length - 4, type);
        Write(bytes, bytes.Length - 2, Internet);
        return bytes;
    }

    private static void Write(byte[] bytes, int at, int value)
    {
        bytes[at] = (byte)(value >> 8);
        bytes[at + 1] = (byte)value;
    }
}
