using System;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Echo requests and replies as bytes (ICMP, RFC 792; ICMPv6, RFC 4443 section 4).</summary>
internal static class EchoMessage
{
    private const int HeaderBytes = 8;
    private const int TokenBytes = sizeof(long);
    private const byte Request = 8;
    private const byte Reply = 0;
    private const byte RequestV6 = 128;
    private const byte ReplyV6 = 129;

    /// <summary>Writes a request.</summary>
    /// <param name="family">Whose protocol; the checksum of ICMPv6 is the system's to write (RFC 3542 section 3.1).</param>
    /// <param name="identifier">Whose request it is; a datagram socket writes its own.</param>
    /// <param name="sequence">Which request it is.</param>
    /// <param name="token">What the reply has to bring back.</param>
    public static byte[] Write(AddressFamily family, ushort identifier, ushort sequence, long token)
    {
        var message = new byte[HeaderBytes + TokenBytes];
        message[0] = family == AddressFamily.InterNetworkV6 ? RequestV6 : Request;
        WriteNumber(message, 4, identifier);
        WriteNumber(message, 6, sequence);
        BitConverter.GetBytes(token).CopyTo(message, HeaderBytes);
        if (family == AddressFamily.InterNetwork)
            WriteNumber(message, 2, Checksum(message));
        return message;
    }

    /// <summary>Reads a reply; what is none, or not to a request with this token, is not one.</summary>
    /// <param name="family">Whose protocol.</param>
    /// <param name="received">What came; some sockets give the IPv4 header, too.</param>
    /// <param name="count">How many bytes of it.</param>
    /// <param name="token">What the request brought along.</param>
    /// <param name="sequence">Which request it answers.</param>
    public static bool TryReadReply(AddressFamily family, byte[] received, int count, long token, out ushort sequence)
    {
        sequence = 0;
        var start = family == AddressFamily.InterNetwork && count > 0 && received[0] >> 4 == 4 ? (received[0] & 15) * 4 : 0;
        if (count - start < HeaderBytes + TokenBytes ||
            received[start] != (family == AddressFamily.InterNetworkV6 ? ReplyV6 : Reply) ||
            received[start + 1] != 0 ||
            BitConverter.ToInt64(received, start + HeaderBytes) != token)
            return false;
        sequence = (ushort)((received[start + 6] << 8) | received[start + 7]);
        return true;
    }

    private static void WriteNumber(byte[] message, int at, ushort number)
    {
        message[at] = (byte)(number >> 8);
        message[at + 1] = (byte)number;
    }

    // RFC 1071, for a message of an even number of bytes.
    private static ushort Checksum(byte[] message)
    {
        var sum = 0;
        for (var i = 0; i < message.Length; i += 2)
            sum += (message[i] << 8) | message[i + 1];
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
