using System;
using System.Linq;
using System.Text;
using CsCheck;

namespace SocketTools.Tests;

public sealed class ServicesFileTests
{
    [Theory]
    [InlineData("ssh 22/tcp", "ssh 22/tcp [] '' System")]
    [InlineData("ssh\t\t22/tcp\t\t\t# SSH Remote Login Protocol", "ssh 22/tcp [] 'SSH Remote Login Protocol' System")]
    [InlineData("http 80/tcp www  http-web#a web # server", "http 80/tcp [www http-web] 'a web # server' System")]
    [InlineData("  discard 9/udp sink null  ", "discard 9/udp [sink null] '' System")]
    [InlineData("domain 0053/udp\r", "domain 53/udp [] '' System")]
    [InlineData("first 0/tcp", "first 0/tcp [] '' System")]
    [InlineData("last 65535/udp", "last 65535/udp [] '' System")]
    [InlineData("caf\u00e9 4000/tcp # d\u00e9j\u00e0 vu", "caf\u00e9 4000/tcp [] 'd\u00e9j\u00e0 vu' System")]
    [InlineData("cut 7/tcp alias\0 more # comment", "cut 7/tcp [alias] '' System")]
    public void An_entry_is_read(string line, string expected) =>
        Assert.Equal([expected], ServicesText.Registry(line).All.Show());

    [Theory]
    [InlineData("")]
    [InlineData("   \t ")]
    [InlineData("# ssh 22/tcp")]
    [InlineData("ssh")]
    [InlineData("ssh # 22/tcp")]
    [InlineData("ssh 22")]
    [InlineData("ssh 22/")]
    [InlineData("ssh /tcp")]
    [InlineData("ssh 22 /tcp")]
    [InlineData("ssh 22/ tcp")]
    [InlineData("ssh 22x/tcp")]
    [InlineData("ssh -22/tcp")]
    [InlineData("ssh 65536/tcp")]
    [InlineData("ssh 4294967318/tcp")]
    [InlineData("ssh 22/sctp")]
    [InlineData("ssh 22/dccp")]
    [InlineData("ssh 22/TCP")]
    [InlineData("ssh 22/tcp/udp")]
    [InlineData("ssh 22-23/tcp")]
    [InlineData("22/tcp ssh")]
    [InlineData("\0ssh 22/tcp")]
    public void What_getservbyport_would_not_find_is_left_out(string line) =>
        Assert.Empty(ServicesText.Registry(line).All);

    [Fact]
    public void A_bad_line_takes_no_other_with_it() => Assert.Equal(
        ["a 1/tcp", "b 2/udp", "c 3/tcp", "d 4/tcp"],
        ServicesText.Registry("a 1/tcp\nbad\n\nb 2/udp\r\nbad x/tcp\nc 3/tcp\0\n# comment\nd 4/tcp").All
            .Select(service => service.ToString()));

    [Fact]
    public void No_bytes_crash_it() => Gen.Byte.Array.Sample(bytes =>
    {
        var registry = new ServiceRegistry(bytes, bytes);
        Assert.All(registry.All, service => Assert.NotEmpty(service.Name));
    });

    [Fact]
    public void It_reads_what_a_plain_reading_of_the_format_gives() => Gen.OneOf(
            "ssh", "x", "7", "22", "65536", "09", "/", "/tcp", "/udp", " 7/tcp", " 22/udp ", "/sctp", "-",
            " ", "\t", "\r", "\n", "\n", "#", "\0")
        .Array[0, 60]
        .Select(string.Concat)
        .Sample(text => Assert.Equal(PlainReading(text), ServicesText.Registry(text).All.Show()));

    private static string[] PlainReading(string text) =>
        [.. text.Split('\n').Select(PlainLine).Where(line => line.Length > 0)];

    private static string PlainLine(string line)
    {
        var halves = line.Split('\0')[0].Split('#', 2);
        var fields = halves[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 2 || fields[1].Split('/') is not [var digits, "tcp" or "udp"]
            || digits.Length == 0 || !digits.All(char.IsAsciiDigit) || !ushort.TryParse(digits, out var port))
            return "";

        return new StringBuilder(fields[0]).Append(' ').Append(port).Append(fields[1].AsSpan(digits.Length))
            .Append(" [").AppendJoin(' ', fields.Skip(2)).Append("] '")
            .Append(halves.Length > 1 ? halves[1].Trim() : "").Append("' System")
            .ToString();
    }
}
