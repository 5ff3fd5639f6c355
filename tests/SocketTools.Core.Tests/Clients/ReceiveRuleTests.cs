using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace SocketTools.Tests;

/// <summary>Rules find the end of a message however its bytes were split.</summary>
public sealed class ReceiveRuleTests
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    [Theory]
    [InlineData("a\r\nb", "\r\n", 3)]
    [InlineData("a\r\r\nb", "\r\n", 4)]
    [InlineData("aaab", "aab", 4)]
    [InlineData("abc", "x", -1)]
    [InlineData("", "x", -1)]
    public void A_delimiter_ends_a_message_with_itself(string text, string delimiter, int end)
    {
        foreach (var step in new[] { 1, 2, 3, 100 })
            Assert.Equal(end, EndOf(() => new DelimiterRule(Utf8.GetBytes(delimiter)), Utf8.GetBytes(text), step));
    }

    [Theory]
    [InlineData("one\ntwo\n", 4, "one")]
    [InlineData("one\r\n", 5, "one")]
    [InlineData("\n", 1, "")]
    [InlineData("\r\n", 2, "")]
    [InlineData("a\rb\n", 4, "a\rb")]
    public void A_line_is_given_without_its_end(string text, int end, string line)
    {
        var bytes = Utf8.GetBytes(text);
        var rule = new LineRule(Utf8);

        Assert.Equal(end, rule.EndIn(bytes, 0, bytes.Length, true));
        Assert.Equal(line, text[..(end - rule.MarkIn(bytes, 0, end))]);
    }

    [Fact]
    public void A_line_of_two_byte_text_ends_at_its_own_line_feed()
    {
        var bytes = Encoding.Unicode.GetBytes("añ\r\nb");
        var rule = new LineRule(Encoding.Unicode);

        Assert.Equal(8, rule.EndIn(bytes, 0, bytes.Length, true));
        Assert.Equal(4, rule.MarkIn(bytes, 0, 8));
    }

    [Theory]
    [InlineData("abc123 def", @"\d+ ", 7)]
    [InlineData("ação: 1;x", @"\d;", 10)]
    [InlineData("none", @"\d", -1)]
    [InlineData("xx", "y*", -1)]
    public void A_pattern_ends_a_message_after_its_match(string text, string pattern, int end)
    {
        foreach (var step in new[] { 1, 2, 100 })
            Assert.Equal(end, EndOf(() => new PatternRule(new Regex(pattern), Utf8), Utf8.GetBytes(text), step));
    }

    [Fact]
    public void A_pattern_counts_bytes_that_are_no_text_as_they_came()
    {
        byte[] bytes = [0xFF, 0xC3, (byte)'a', 0xE2, 0x82, (byte)'1', (byte)'z'];

        Assert.Equal(6, new PatternRule(new Regex(@"\d"), Utf8).EndIn(bytes, 0, bytes.Length, true));
    }

    [Fact]
    public void Bytes_are_looked_at_once_however_they_come()
    {
        // A byte at a time over a megabyte: looking from the start each time would take hours.
        var rule = new DelimiterRule([1, 2, 3]);
        var bytes = new byte[1024 * 1024];
        for (var count = 0; count <= bytes.Length; count++)
            Assert.Equal(-1, rule.EndIn(bytes, 0, count, false));
    }

    [Fact]
    public void The_buffer_keeps_order_whatever_is_added_and_taken()
    {
        var random = new Random(7);
        var buffer = new ReceiveBuffer();
        byte[] counting = [.. Enumerable.Range(0, 1 << 20).Select(static n => (byte)n)];
        var (added, taken) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var at = buffer.Reserve(1);
            var count = Math.Min(random.Next(1, 5000), buffer.Bytes.Length - at);
            for (var k = 0; k < count; k++)
                buffer.Bytes[at + k] = (byte)added++;
            buffer.Added(count);
            var take = random.Next(0, buffer.Count + 1);
            var expected = counting.AsSpan((byte)taken, take);
            Assert.True(buffer.Copy(take).AsSpan().SequenceEqual(expected), $"changed in round {i}");
            buffer.Remove(take);
            taken += take;
        }
    }

    [Theory]
    [InlineData("00 ff 0a", new byte[] { 0, 255, 10 })]
    [InlineData("0x00FF0A", new byte[] { 0, 255, 10 })]
    [InlineData("00:ff-0a,01", new byte[] { 0, 255, 10, 1 })]
    [InlineData("", new byte[0])]
    public void Hexadecimal_is_read(string text, byte[] bytes) => Assert.Equal(bytes, HexString.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("0g")]
    [InlineData("+1")]
    public void What_is_not_hexadecimal_is_refused(string text) => Assert.Throws<FormatException>(() => HexString.Parse(text));

    private static int EndOf(Func<ReceiveRule> make, byte[] bytes, int step)
    {
        var rule = make();
        for (var count = 0; ; count = Math.Min(count + step, bytes.Length))
        {
            var end = rule.EndIn(bytes, 0, count, true);
            if (end >= 0 || count == bytes.Length)
                return end;
        }
    }
}
