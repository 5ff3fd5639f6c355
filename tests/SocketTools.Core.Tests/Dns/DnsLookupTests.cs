using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a look-up makes of the answers to its questions.</summary>
public sealed class DnsLookupTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alias_comes_with_what_it_leads_to_each_once()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Asked(question).Type == 1
            ? DnsMessages.Answer(question, 0, DnsMessages.Cname("web.example.test"), DnsMessages.A("192.0.2.1", "WEB.example.test"), DnsMessages.A("192.0.2.66", "evil.test"))
            : DnsMessages.Answer(question, 0, DnsMessages.Cname("web.example.test")));

        var answer = await FindAsync(peer, "www.example.test", DnsRecordType.A, DnsRecordType.AAAA);

        Assert.Empty(answer.Failures);
        Assert.Equal(["www.example.test 60 CNAME web.example.test.", "WEB.example.test 60 A 192.0.2.1"], answer.Records.Select(static r => r.ToString()));
        Assert.Equal(["web.example.test", "192.0.2.1"], answer.Records.Select(static r => r.ComputerName));
        Assert.All(answer.Records, record => Assert.Equal(peer.EndPoint.ToString(), record.Server));
    }

    [Fact]
    public async Task Aliases_that_lead_round_have_an_end()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(
            question, 0, DnsMessages.Cname("b.test"), DnsMessages.Cname("www.example.test", "b.test")));

        var answer = await FindAsync(peer, "www.example.test", DnsRecordType.A);

        Assert.Equal(2, answer.Records.Count);
        Assert.Equal(Reason.NoRecord, Assert.Single(answer.Failures).Reason);
    }

    [Fact]
    public async Task A_type_that_a_name_has_none_of_is_no_failure_beside_one_that_it_has()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Asked(question).Type == 1
            ? DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))
            : DnsMessages.Answer(question));

        Assert.Empty((await FindAsync(peer, "a.test", DnsRecordType.A, DnsRecordType.AAAA)).Failures);
        var error = Assert.Single((await FindAsync(peer, "a.test", DnsRecordType.AAAA, DnsRecordType.MX)).Failures);
        Assert.Equal((Reason.NoRecord, "NODATA", 0, "a.test"), (error.Reason, error.ErrorName, error.ErrorCode, error.EndPoint));
        Assert.Contains("AAAA or MX", error.Message);
        Assert.Contains(Remedy.For(Reason.NoRecord), error.Message);
    }

    [Fact]
    public async Task A_type_that_fails_is_told_beside_those_that_do_not()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Asked(question).Type == 1
            ? DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))
            : DnsMessages.Answer(question, 2));

        var answer = await FindAsync(peer, "a.test", DnsRecordType.A, DnsRecordType.AAAA);

        Assert.Single(answer.Records);
        var error = Assert.Single(answer.Failures);
        Assert.Equal((Reason.NameServerFailure, "SERVFAIL"), (error.Reason, error.ErrorName));
        Assert.Contains("(AAAA)", error.Message);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_fails_once_for_all_types()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question, 3));

        var error = Assert.Single((await FindAsync(peer, "nope.test", DnsRecordType.A, DnsRecordType.AAAA)).Failures);

        Assert.Equal((Reason.NameNotResolved, "NXDOMAIN", 3), (error.Reason, error.ErrorName, error.ErrorCode));
    }

    [Fact]
    public async Task International_names_go_out_in_ASCII_and_come_back_readable()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question, 0, DnsMessages.Cname("xn--mnchen-3ya.test")));

        var record = Assert.Single((await FindAsync(peer, "bücher.test", DnsRecordType.CNAME)).Records);

        Assert.Equal("xn--bcher-kva.test", DnsMessages.Asked(Assert.Single(peer.Asked).Message).Name);
        Assert.Equal(("bücher.test", "münchen.test", "xn--mnchen-3ya.test."), (record.Name, record.Target, record.Data));
    }

    [Fact]
    public async Task Another_server_answers_when_the_first_does_not()
    {
        using var silent = DnsPeer.Start(static (_, _) => []);
        using var broken = DnsPeer.Start(static question => DnsMessages.Answer(question, 2));
        using var good = DnsPeer.Start(static question => DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1")));
        using var resolver = new DnsResolver([silent.EndPoint, broken.EndPoint, good.EndPoint]);
        var question = new DnsQuestion(DnsName.Parse("a.test"), DnsRecordType.A);

        var first = await resolver.AskAsync(question, TimeSpan.FromSeconds(1), Cancellation);
        var before = silent.Questions.Count;
        var second = await resolver.AskAsync(question, Plenty, Cancellation);

        Assert.Equal([good.EndPoint, good.EndPoint], [first.Server, second.Server]);
        Assert.Equal(before, silent.Questions.Count);
    }

    [Fact]
    public async Task Of_servers_that_all_fail_the_one_that_says_why_is_told()
    {
        using var silent = DnsPeer.Start(static (_, _) => []);
        using var refusing = DnsPeer.Start(static question => DnsMessages.Answer(question, 5));
        using var resolver = new DnsResolver([silent.EndPoint, refusing.EndPoint]);

        var reply = await resolver.AskAsync(new DnsQuestion(DnsName.Parse("a.test"), DnsRecordType.A), Short, Cancellation);

        Assert.Equal((refusing.EndPoint, "REFUSED"), (reply.Server, reply.Failure!.Value.ErrorName));
    }

    private static async Task<DnsAnswer> FindAsync(DnsPeer peer, string name, params DnsRecordType[] types)
    {
        using var resolver = new DnsResolver([peer.EndPoint]);
        return await new DnsLookup(resolver, Plenty).FindAsync(DnsName.Parse(name), types, Cancellation);
    }
}
