using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.Loader;
using System.Text;
using CsCheck;

namespace SocketTools.Tests;

/// <summary>The reader of messages, on messages of the test's own making and on broken ones.</summary>
public sealed class DnsMessageReaderTests
{
    private const string TooEarly = "The message ends too early, or points outside itself.";
    private const string NotAsLong = "A record is not as long as it says.";

    private static readonly byte[] Question = new DnsQuestion(DnsName.Parse("example.test"), DnsRecordType.TXT).ToMessage(1, extended: true);

    [Fact]
    public void Every_type_is_read()
    {
        byte[] number = [0, 0, 0, 5];
        var records = Read(
            DnsMessages.A("192.0.2.1"),
            DnsMessages.Record(28, System.Net.IPAddress.Parse("2001:db8::1").GetAddressBytes()),
            DnsMessages.Cname("web.example.test"),
            DnsMessages.Record(2, DnsMessages.Name("ns.example.test")),
            DnsMessages.Record(12, DnsMessages.Name("host.example.test")),
            DnsMessages.Record(15, [0, 10, .. DnsMessages.Name("mx.example.test")]),
            DnsMessages.Record(33, [0, 1, 0, 2, 1, 0x85, .. DnsMessages.Name("dc.example.test")]),
            DnsMessages.Record(16, [.. DnsMessages.Text("v=spf1 -all"), .. DnsMessages.Text("a\"b\\c\x01é")]),
            DnsMessages.Record(257, [128, .. DnsMessages.Text("issue"), .. Encoding.ASCII.GetBytes("ca.example; x=1")]),
            DnsMessages.Record(6, [.. DnsMessages.Name("ns.example.test"), .. DnsMessages.Name("root.example.test"), .. number, .. number, .. number, .. number, 0xFF, 0xFF, 0xFF, 0xFF]));

        Assert.Equal(
            [
                "192.0.2.1", "2001:db8::1", "web.example.test.", "ns.example.test.", "host.example.test.", "10 mx.example.test.",
                "1 2 389 dc.example.test.", "\"v=spf1 -all\" \"a\\\"b\\\\c\\001\\233\"", "128 issue \"ca.example; x=1\"",
                "ns.example.test. root.example.test. 5 5 5 5 4294967295",
            ],
            records.Select(static record => record.ToData()));
        Assert.All(records, static record => Assert.Equal(("example.test", 60), (record.Name, record.TimeToLive)));
    }

    [Fact]
    public void Unknown_types_and_classes_are_passed_over() =>
        Assert.Equal(["192.0.2.1"], Read(
            DnsMessages.Record(46, new byte[30]),
            DnsMessages.Record(1, [1, 2, 3, 4], @class: 3),
            DnsMessages.A("192.0.2.1")).Select(static record => record.ToData()));

    [Theory, InlineData(0u, 0), InlineData(2147483647u, int.MaxValue), InlineData(2147483648u, 0)]
    public void A_time_to_live_is_never_negative(uint sent, int seconds) =>
        Assert.Equal(seconds, Assert.Single(Read(DnsMessages.A("192.0.2.1", seconds: sent))).TimeToLive);

    public static IEnumerable<TheoryDataRow<byte[], string>> Broken =>
    [
        new(DnsMessages.Record(1, [1, 2, 3]), TooEarly) { Label = "an address that is too short" },
        new(DnsMessages.Record(1, [1, 2, 3, 4, 5]), NotAsLong) { Label = "an address that is too long" },
        new(DnsMessages.Record(16, [5, 65]), TooEarly) { Label = "a string beyond its record" },
        new(DnsMessages.Record(257, [0, 9, 65]), TooEarly) { Label = "a tag beyond its record" },
        new(DnsMessages.Record(5, [0xC0, 0x2A]), TooEarly) { Label = "a name that points to itself" },
        new(DnsMessages.Record(5, [0xFF, 0xFF]), TooEarly) { Label = "a name that points beyond the message" },
        new(DnsMessages.Record(5, [3, 65, 65]), TooEarly) { Label = "a name beyond its record" },
        new(DnsMessages.Record(5, [0x80, 1, 0]), NotAsLong) { Label = "a label of a reserved kind" },
    ];

    [Theory, MemberData(nameof(Broken))]
    public void What_is_broken_is_refused(byte[] record, string says) =>
        Assert.Equal(says, Assert.Throws<FormatException>(() => Read(record)).Message);

    [Fact]
    public void Fewer_records_than_announced_are_refused()
    {
        var message = DnsMessages.Answer(Question, 0, DnsMessages.A("192.0.2.1"));
        message[7] = 2;

        Assert.Throws<FormatException>(() => DnsLibrary.Reader.ReadAnswers(message));
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused()
    {
        var message = DnsMessages.Answer(
            Question, 0, DnsMessages.A("192.0.2.1"), DnsMessages.Cname("web.example.test"), DnsMessages.Record(16, DnsMessages.Text("text")),
            DnsMessages.Record(257, [0, .. DnsMessages.Text("issue"), 65]), DnsMessages.Record(33, [0, 1, 0, 2, 1, 0x85, 0xC0, 12]));
        var change = Gen.Select(Gen.Int[0, message.Length - 1], Gen.Byte);

        Gen.Select(change.Array[1, 6], Gen.Int[12, message.Length]).Sample((changes, length) =>
        {
            var broken = message[..length];
            foreach (var (at, value) in changes.Where(one => one.Item1 < length))
                broken[at] = value;
            return IsReadOrRefused(broken);
        });
        Gen.Byte.Array[12, 200].Sample(IsReadOrRefused);
    }

    [Fact]
    public void A_message_that_leads_round_and_round_costs_no_time()
    {
        // Names that each run through nearly the whole message before they turn out to have no end.
        var labels = Enumerable.Range(0, 240).SelectMany(static _ => DnsMessages.Text(new string('a', 60))).ToArray();
        var message = DnsMessages.Answer(Question, 0, [.. Enumerable.Repeat(DnsMessages.Record(5, [.. labels, 0xC0, 60]), 4)]);
        var clock = Stopwatch.StartNew();

        Assert.Throws<FormatException>(() => DnsLibrary.Reader.ReadAnswers(message));

        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void The_library_is_loaded_apart_from_all_else()
    {
        _ = DnsLibrary.Reader.ReadAnswers(DnsMessages.Answer(Question, 0, DnsMessages.A("127.0.0.1")));
        var reader = DnsLibrary.Reader.GetType().Assembly;
        var context = AssemblyLoadContext.GetLoadContext(reader)!;

        Assert.Equal("SocketTools.dns", context.Name);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.Contains(context.Assemblies, static assembly => assembly.GetName().Name == "DnsClient");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, static assembly => assembly.GetName().Name == "DnsClient");
        Assert.DoesNotContain(context.Assemblies, static assembly => assembly.GetName().Name == "SocketTools.Core");
    }

    private static IReadOnlyList<DnsRecordData> Read(params byte[][] records) => DnsLibrary.Reader.ReadAnswers(DnsMessages.Answer(Question, 0, records));

    private static bool IsReadOrRefused(byte[] message)
    {
        try
        {
            foreach (var record in DnsLibrary.Reader.ReadAnswers(message))
                _ = new DnsRecord(record, "", 0).ToString();
        }
        catch (FormatException)
        {
        }
        return true;
    }
}
