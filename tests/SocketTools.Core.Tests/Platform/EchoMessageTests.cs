using System;
using System.Linq;
using System.Net.Sockets;

namespace SocketTools.Tests;

public sealed class EchoMessageTests
{
    private const long Token = 0x1122334455667788;

    [Fact]
    public void A_request_is_as_RFC_792_has_it()
    {
        var message = EchoMessage.Write(AddressFamily.InterNetwork, 0xABCD, 0x0102, Token);

        Assert.Equal(16, message.Length);
        Assert.Equal([8, 0], message[..2]);
        Assert.Equal([0xAB, 0xCD, 1, 2], message[4..8]);
        Assert.Equal(0xFFFF, OnesComplementSum(message));
    }

    [Fact]
    public void The_checksum_of_ICMPv6_is_left_to_the_system() =>
        Assert.Equal([128, 0, 0, 0, 0, 1, 0, 2], EchoMessage.Write(AddressFamily.InterNetworkV6, 1, 2, Token)[..8]);

    [Theory]
    [InlineData(AddressFamily.InterNetwork, 0, 0)]
    [InlineData(AddressFamily.InterNetwork, 0, 20)]
    [InlineData(AddressFamily.InterNetwork, 0, 60)]
    [InlineData(AddressFamily.InterNetworkV6, 129, 0)]
    public void A_reply_brings_the_sequence_back_whatever_header_the_socket_gives(AddressFamily family, byte type, int header)
    {
        var reply = Reply(family, type, header);

        Assert.True(EchoMessage.TryReadReply(family, reply, reply.Length, Token, out var sequence));
        Assert.Equal(0x0102, sequence);
    }

    [Fact]
    public void Anything_else_is_no_reply()
    {
        var reply = Reply(AddressFamily.InterNetwork, 0, 20);

        Assert.False(EchoMessage.TryReadReply(AddressFamily.InterNetwork, reply, reply.Length, Token + 1, out _));
        Assert.False(EchoMessage.TryReadReply(AddressFamily.InterNetworkV6, reply, reply.Length, Token, out _));
        Assert.False(EchoMessage.TryReadReply(AddressFamily.InterNetwork, Reply(AddressFamily.InterNetwork, 8, 20), reply.Length, Token, out _));
        for (var count = 0; count < reply.Length; count++)
            Assert.False(EchoMessage.TryReadReply(AddressFamily.InterNetwork, reply, count, Token, out _));
    }

    [Fact]
    public void Bytes_of_any_kind_do_no_harm()
    {
        var random = new Random(1);
        var bytes = new byte[64];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            Assert.False(EchoMessage.TryReadReply(AddressFamily.InterNetwork, bytes, random.Next(bytes.Length + 1), Token, out _));
        }
    }

    private static byte[] Reply(AddressFamily family, byte type, int header)
    {
        var message = EchoMessage.Write(family, 7, 0x0102, Token);
        message[0] = type;
        var ip = new byte[header];
        if (header > 0)
            ip[0] = (byte)(0x40 | (header / 4));
        return [.. ip, .. message];
    }

    private static int OnesComplementSum(byte[] message)
    {
        var sum = message.Chunk(2).Sum(static pair => (pair[0] << 8) | pair[1]);
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
