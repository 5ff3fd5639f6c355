using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What is believed of what comes, and what becomes of the rest.</summary>
public sealed class DnsServerTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_gives_its_records()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"), DnsMessages.A("192.0.2.2")));

        var reply = await AskAsync(peer, Plenty);

        Assert.Null(reply.Failure);
        Assert.Equal(peer.EndPoint, reply.Server);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], reply.Records.Select(static record => record.ToData()));
        Assert.Equal(("www.example.test", 1), DnsMessages.Asked(Assert.Single(peer.Asked).Message));
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "id", "ID_MISMATCH" },
        { "name", "QUESTION_MISMATCH" },
        { "type", "QUESTION_MISMATCH" },
        { "no question", "QUESTION_MISMATCH" },
        { "a question", "NOT_AN_ANSWER" },
        { "a stub", "NOT_AN_ANSWER" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task What_does_not_answer_the_question_is_never_believed(string forgery, string name)
    {
        using var peer = DnsPeer.Start(question => Forged(question, forgery));

        var reply = await AskAsync(peer, Short);

        Assert.Equal(new Failure(Reason.WrongAnswer, name, null), reply.Failure);
        Assert.Empty(reply.Records);
        Assert.True(peer.Questions.Count > 1, "It was not asked again.");
    }

    public static TheoryData<string> ForgedParts => [.. Forgeries.Select(static row => row.Data.Item1)];

    [Theory, MemberData(nameof(ForgedParts))]
    public async Task The_true_answer_counts_although_a_forged_one_was_faster(string forgery)
    {
        using var peer = DnsPeer.Start((question, _) => [Forged(question, forgery), DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))]);

        var reply = await AskAsync(peer, Plenty);

        Assert.Equal("192.0.2.1", Assert.Single(reply.Records).ToData());
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task After_a_forged_answer_it_is_asked_again_from_another_port_with_another_id()
    {
        using var peer = DnsPeer.Start(static (question, number) =>
            [number == 0 ? Forged(question, "id") : DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))]);

        var reply = await AskAsync(peer, TimeSpan.FromSeconds(3));

        Assert.Null(reply.Failure);
        var asked = peer.Asked;
        Assert.Equal(2, asked.Count);
        Assert.NotEqual(asked[0].Port, asked[1].Port);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("127.0.0.77")]
    public async Task An_answer_from_another_end_point_does_not_arrive(string address)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || address == "127.0.0.1", "only Linux has all of 127.0.0.0/8");
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        using var peer = DnsPeer.Start((question, from) => other.SendTo(DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.66")), from));

        var reply = await AskAsync(peer, Short);

        Assert.Equal(Reason.ResolutionTimedOut, reply.Failure!.Value.Reason);
        Assert.Empty(reply.Records);
    }

    [Fact]
    public async Task Silence_is_asked_again_in_vain()
    {
        using var peer = DnsPeer.Start(static (_, _) => []);

        var reply = await AskAsync(peer, Short);

        Assert.Equal((Reason.ResolutionTimedOut, "ETIMEDOUT"), (reply.Failure!.Value.Reason, reply.Failure.Value.ErrorName));
        Assert.True(peer.Questions.Count is > 1 and <= 5, $"{peer.Questions.Count} questions");
    }

    [Fact]
    public async Task A_lost_question_is_asked_again()
    {
        using var peer = DnsPeer.Start(static (question, number) => number == 0 ? [] : [DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))]);

        Assert.Null((await AskAsync(peer, TimeSpan.FromSeconds(3))).Failure);
    }

    [Theory]
    [InlineData(2, "SERVFAIL", Reason.NameServerFailure)]
    [InlineData(3, "NXDOMAIN", Reason.NameNotResolved)]
    [InlineData(5, "REFUSED", Reason.QueryRefused)]
    [InlineData(9, "NOTAUTH", Reason.NameServerFailure)]
    [InlineData(11, "RCODE11", Reason.NameServerFailure)]
    public async Task Each_code_has_its_name_and_reason(int code, string name, Reason reason)
    {
        using var peer = DnsPeer.Start(question => DnsMessages.Answer(question, code));

        Assert.Equal(new Failure(reason, name, code), (await AskAsync(peer, Plenty)).Failure);
        Assert.Single(peer.Asked);
    }

    [Theory, InlineData(1, "FORMERR"), InlineData(4, "NOTIMP")]
    public async Task A_server_that_knows_no_extensions_is_asked_without(int code, string name)
    {
        using var old = DnsPeer.Start(question => question[11] == 1
            ? [question[0], question[1], 0x81, (byte)code, 0, 0, 0, 0, 0, 0, 0, 0]
            : DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1")));
        using var broken = DnsPeer.Start(question => DnsMessages.Answer(question, code));

        Assert.Null((await AskAsync(old, Plenty)).Failure);
        Assert.Equal(new Failure(Reason.NameServerFailure, name, code), (await AskAsync(broken, Plenty)).Failure);
    }

    [Fact]
    public async Task What_does_not_fit_in_a_datagram_is_asked_for_over_TCP()
    {
        var many = Enumerable.Range(1, 200).Select(static i => DnsMessages.A($"192.0.2.{i}")).ToArray();
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.66")).With(static message => message[2] |= 2))
            .AnswersOverTcp(question => DnsMessages.Answer(question, 0, many));

        var reply = await AskAsync(peer, Plenty);

        Assert.Null(reply.Failure);
        Assert.Equal(200, reply.Records.Count);
        Assert.NotEqual(Assert.Single(peer.Asked).Message[..2], peer.StreamQuestions.Single()[..2]);
    }

    [Theory]
    [InlineData("id", Reason.WrongAnswer)]
    [InlineData("name", Reason.WrongAnswer)]
    [InlineData("truncated", Reason.ProtocolViolation)]
    public async Task Over_TCP_nothing_else_is_believed_either(string forgery, Reason reason)
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question).With(static message => message[2] |= 2))
            .AnswersOverTcp(question => Forged(question, forgery));

        var reply = await AskAsync(peer, Plenty);

        Assert.Equal(reason, reply.Failure!.Value.Reason);
        Assert.True(reply.OverTcp);
    }

    [Fact]
    public async Task A_server_that_takes_no_TCP_cannot_tell_what_does_not_fit()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question).With(static message => message[2] |= 2));

        var reply = await AskAsync(peer, Plenty);

        Assert.Equal((Reason.ConnectionRefused, "ECONNREFUSED", true), (reply.Failure!.Value.Reason, reply.Failure.Value.ErrorName, reply.OverTcp));
    }

    [Fact]
    public async Task A_broken_answer_is_told()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.1"))[..^2]);

        Assert.Equal(new Failure(Reason.ProtocolViolation, "EBADMSG", null), (await AskAsync(peer, Plenty)).Failure);
    }

    [Fact]
    public async Task Where_nothing_listens_is_known_at_once()
    {
        IPEndPoint closed;
        using (var peer = DnsPeer.Start(static (_, _) => []))
            closed = peer.EndPoint;
        using var server = new DnsServer(closed);

        var reply = await server.AskAsync(Question(), Plenty, Cancellation);

        Assert.Equal((Reason.PortUnreachable, "ECONNREFUSED"), (reply.Failure!.Value.Reason, reply.Failure.Value.ErrorName));
    }

    [Fact]
    public async Task No_more_questions_are_under_way_than_a_server_can_take()
    {
        // A question that is asked again has been waited for: whatever else may be under way has come by then.
        var came = new HashSet<int>();
        var again = new TaskCompletionSource();
        using var peer = DnsPeer.Start((question, from) =>
        {
            if (!came.Add(from.Port))
                again.TrySetResult();
        });
        using var server = new DnsServer(peer.EndPoint);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = Enumerable.Range(0, 300).Select(_ => server.AskAsync(Question(), Plenty, stop.Token)).ToArray();
        await again.Task.WaitAsync(Plenty, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(asking));
        Assert.Equal(DnsServer.MostQuestions, came.Count);
        Assert.All(asking, static one => Assert.True(one.IsCanceled));
    }

    [Fact]
    public async Task A_port_is_not_used_for_ever()
    {
        using var peer = DnsPeer.Start(static question => DnsMessages.Answer(question));
        using var server = new DnsServer(peer.EndPoint);

        for (var i = 0; i < 10; i++)
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.AskAsync(Question(), Plenty, Cancellation)));

        // More where an answer took long: it was asked again.
        Assert.InRange(peer.Questions.Count, 1000, 1100);
        Assert.All(peer.Questions.GroupBy(static asked => asked.Port), static same => Assert.True(same.Count() < 200, $"{same.Count()} times"));
    }

    [Fact]
    public async Task Cancellation_ends_it_at_once()
    {
        var asked = new TaskCompletionSource();
        using var peer = DnsPeer.Start((_, _) => asked.TrySetResult());
        using var server = new DnsServer(peer.EndPoint);
        using var stop = new CancellationTokenSource();
        var asking = server.AskAsync(Question(), Plenty, stop.Token);
        await asked.Task.WaitAsync(Plenty, Cancellation);
        var clock = Stopwatch.StartNew();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    private static DnsQuestion Question() => new(DnsName.Parse("www.example.test"), DnsRecordType.A);

    private static async Task<DnsReply> AskAsync(DnsPeer peer, TimeSpan time)
    {
        using var server = new DnsServer(peer.EndPoint);
        return await server.AskAsync(Question(), time, Cancellation);
    }

    private static byte[] Forged(byte[] question, string forgery)
    {
        var answer = DnsMessages.Answer(question, 0, DnsMessages.A("192.0.2.66"));
        return forgery switch
        {
            "id" => answer.With(static message => message[1] ^= 1),
            "name" => answer.With(static message => message[13] = (byte)'x'),
            "type" => answer.With(message => message[question.Length - (question[11] == 1 ? 14 : 3)] = 28),
            "no question" => [.. answer[..4], 0, 0, .. answer[6..]],
            "a question" => answer.With(static message => message[2] &= 0x7F),
            "a stub" => answer[..8],
            "truncated" => answer.With(static message => message[2] |= 2),
            _ => throw new ArgumentException(forgery, nameof(forgery)),
        };
    }
}
