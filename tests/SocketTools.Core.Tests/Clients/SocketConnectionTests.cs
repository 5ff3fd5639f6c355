using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SocketConnectionTests
{
    private const int HangGuard = 30_000;
    private static readonly Guid Session = Guid.NewGuid();
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_what_it_is_and_counts()
    {
        await using var peer = ScriptedPeer.Start(async c => await c.SendAsync(await c.ReadAsync(4)));
        using var connection = await ConnectAsync(peer.Port);

        Send(connection, "ping");
        var message = connection.Receive(new LengthRule(4), 100, Limit());

        Assert.Equal("ping", Utf8.GetString(message.Bytes!));
        Assert.Equal((4, 4), (connection.BytesSent, connection.BytesReceived));
        Assert.Equal(("127.0.0.1", peer.Port), (connection.ComputerName, connection.Port));
        Assert.Equal($"127.0.0.1:{peer.Port}", connection.RemoteEndPoint);
        Assert.Equal((SocketFamily.IPv4, SocketKind.Stream, TransportProtocol.Tcp), (connection.Family, connection.Kind, connection.Protocol));
        Assert.Equal(ConnectionState.Open, connection.State);
        connection.Dispose();
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public async Task What_follows_a_delimiter_stays_for_the_next_call()
    {
        await using var peer = ScriptedPeer.Start(static c => c.SendByteByByteAsync("one\r\ntwo\nthree"));
        using var connection = await ConnectAsync(peer.Port);

        Assert.Equal("one", Line(connection));
        Assert.Equal("two", Line(connection));
        Assert.Equal(("three", ReceiveEnd.PeerClosed), TextAndEnd(connection.Receive(new LineRule(Utf8), 100, Limit())));
        Assert.Equal(("", ReceiveEnd.PeerClosed), TextAndEnd(connection.Receive(new LineRule(Utf8), 100, Limit())));
        Assert.Equal(ConnectionState.PeerClosed, connection.State);
    }

    [Fact]
    public async Task A_time_out_keeps_what_came_for_the_next_call()
    {
        var more = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async c =>
        {
            await c.SendAsync("half");
            await more.Task;
            await c.SendAsync("whole\n");
        });
        using var connection = await ConnectAsync(peer.Port);
        Assert.Equal(0, connection.Receive(new LengthRule(1), 100, Limit()).Bytes!.Length - 1);

        var error = Assert.Throws<SocketTimeoutException>(() => connection.Receive(new LineRule(Utf8), 100, new WaitLimit(50, Test)));

        Assert.Equal("alf", Utf8.GetString((byte[])error.PartialResult!));
        more.SetResult();
        Assert.Equal("alfwhole", Line(connection));
    }

    [Fact]
    public async Task A_reset_in_the_middle_is_an_error_that_keeps_what_came()
    {
        await using var peer = ScriptedPeer.Start(static async c =>
        {
            await c.SendAsync("some");
            await c.ReadAsync(1);
            c.Reset();
        });
        using var connection = await ConnectAsync(peer.Port);
        Assert.Equal("s", Utf8.GetString(connection.Receive(new LengthRule(1), 100, Limit()).Bytes!));
        Send(connection, "x");

        var error = Assert.Throws<SocketOperationException>(() => connection.Receive(new LineRule(Utf8), 100, Limit()));

        Assert.Equal(Reason.ConnectionReset, error.Reason);
        Assert.Equal("ome", Utf8.GetString((byte[])error.PartialResult!));
        Assert.Equal(ConnectionState.Failed, connection.State);
    }

    [Fact]
    public async Task An_early_end_is_an_error_that_keeps_what_came()
    {
        await using var peer = ScriptedPeer.Start(static c => c.SendAsync("12"));
        using var connection = await ConnectAsync(peer.Port);

        var error = Assert.Throws<SocketOperationException>(() => connection.Receive(new LengthRule(3), 100, Limit()));

        Assert.Equal(Reason.ConnectionClosed, error.Reason);
        Assert.Equal("12", Utf8.GetString((byte[])error.PartialResult!));
        Assert.Equal("12", Utf8.GetString(connection.Receive(new ToEndRule(), 100, Limit()).Bytes!));
    }

    [Fact]
    public async Task More_than_allowed_is_an_error_that_keeps_what_was_read()
    {
        await using var peer = ScriptedPeer.Start(static c => c.SendAsync(new string('x', 5000)));
        using var connection = await ConnectAsync(peer.Port);

        var error = Assert.Throws<SocketOperationException>(() => connection.Receive(new LineRule(Utf8), 1000, Limit()));

        Assert.Equal(Reason.LimitExceeded, error.Reason);
        Assert.InRange(((byte[])error.PartialResult!).Length, 1000, 5000);
        Assert.Equal(5000, connection.Receive(new ToEndRule(), 10_000, Limit()).Bytes!.Length);
    }

    [Fact]
    public async Task What_is_there_waits_for_nothing()
    {
        await using var peer = ScriptedPeer.Start(static async c =>
        {
            await c.ReadAsync(1);
            await c.SendAsync("abc");
            await c.WaitForCloseAsync();
        });
        using var connection = await ConnectAsync(peer.Port);

        Assert.Equal(("", ReceiveEnd.Available), TextAndEnd(connection.ReceiveAvailable(100, Limit())));
        Send(connection, "x");
        Assert.Equal("a", Utf8.GetString(connection.Receive(new LengthRule(1), 100, Limit()).Bytes!));
        Assert.Equal(("bc", ReceiveEnd.Available), TextAndEnd(connection.Receive(new AnythingRule(), 100, Limit())));
    }

    [Fact]
    public async Task A_pattern_ends_a_message_when_the_peer_rests()
    {
        await using var peer = ScriptedPeer.Start(static async c =>
        {
            await c.SendByteByByteAsync("login: ");
            await c.WaitForCloseAsync();
        });
        using var connection = await ConnectAsync(peer.Port);

        Assert.Equal("login: ", Utf8.GetString(connection.Receive(new PatternRule(new Regex("(login|user): $"), Utf8), 100, Limit()).Bytes!));
    }

    [Fact]
    public async Task A_character_is_not_split_over_calls()
    {
        await using var peer = ScriptedPeer.Start(static c => c.SendAsync([0x61, 0xC3, 0xA9, 0x62, 0xFF, 0xC3]));
        using var connection = await ConnectAsync(peer.Port);
        var text = new StringBuilder();
        ReceivedMessage message;
        do
        {
            message = connection.Receive(new LengthRule(1), 100, Limit()) is { Bytes.Length: 1 } one ? one : new ReceivedMessage([], ReceiveEnd.PeerClosed, EndsText: true);
            text.Append(connection.TextOf(message, Utf8));
        }
        while (message.End != ReceiveEnd.PeerClosed);

        Assert.Equal("aéb\uFFFD\uFFFD", text.ToString());
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_times_a_send_out_and_says_how_much_went()
    {
        await using var peer = ScriptedPeer.Start(static c => c.HoldAsync());
        using var connection = await ConnectAsync(peer.Port);
        var bytes = new byte[64 * 1024 * 1024];

        var error = Assert.Throws<SocketTimeoutException>(() => connection.Send(bytes, bytes.Length, null, new WaitLimit(200, Test)));

        Assert.InRange((long)error.PartialResult!, 1, bytes.Length - 1);
        Assert.Equal(connection.BytesSent, error.PartialResult);
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_soon()
    {
        await using var peer = ScriptedPeer.Start(static c => c.WaitForCloseAsync());
        using var connection = await ConnectAsync(peer.Port);
        using var stop = new CancellationTokenSource();
        var clock = new Stopwatch();
        var receiving = Task.Run(() => Assert.Throws<OperationCanceledException>(() => connection.Receive(new LineRule(Utf8), 100, new WaitLimit(HangGuard, stop.Token))), Test);
        clock.Start();
        await stop.CancelAsync();

        await receiving;

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        connection.Dispose();
    }

    [Fact]
    public async Task Half_a_close_lets_the_peer_finish()
    {
        await using var peer = ScriptedPeer.Start(static async c =>
        {
            await c.WaitForCloseAsync();
            await c.SendAsync("all heard");
        });
        using var connection = await ConnectAsync(peer.Port);
        Send(connection, "words");

        connection.Close(CloseManner.SendOnly);

        Assert.Equal(ConnectionState.SendClosed, connection.State);
        Assert.Equal("all heard", Utf8.GetString(connection.Receive(new ToEndRule(), 100, Limit()).Bytes!));
        Assert.Throws<SocketOperationException>(() => Send(connection, "more"));
    }

    [Fact]
    public async Task A_reset_of_our_own_reaches_the_peer_as_one()
    {
        var seen = new TaskCompletionSource<Exception?>();
        await using var peer = ScriptedPeer.Start(async c => seen.SetResult(await Record.ExceptionAsync(() => c.ReadAsync(1))));
        using var connection = await ConnectAsync(peer.Port);

        connection.Close(CloseManner.Reset);

        var error = await seen.Task.WaitAsync(TimeSpan.FromMilliseconds(HangGuard), Test);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(Assert.IsType<IOException>(error).InnerException).SocketErrorCode);
    }

    [Fact]
    public Task Much_passes_through_little_memory() => PassesThrough(200L * 1024 * 1024);

    [Fact(Explicit = true)]
    public Task Very_much_passes_through_little_memory() => PassesThrough(1024L * 1024 * 1024);

    private static async Task PassesThrough(long total)
    {
        await using var peer = ScriptedPeer.Start(async c =>
        {
            var block = new byte[1024 * 1024];
            for (var sent = 0L; sent < total; sent += block.Length)
                await c.SendAsync(block);
        });
        using var connection = await ConnectAsync(peer.Port);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var received = 0L;

        connection.ReadToEnd(Limit, (_, count) => received += count);

        Assert.Equal(total, received);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    [Fact]
    public async Task A_transcript_keeps_the_newest_bytes_of_both_directions()
    {
        await using var peer = ScriptedPeer.Start(static async c => await c.SendAsync(await c.ReadAsync(6)));
        using var connection = await new SocketConnector().ConnectAsync(
            new ConnectOptions { Target = new HostTarget("127.0.0.1", peer.Port), TranscriptBytes = 9 }, Test);
        Send(connection, "abc");
        Send(connection, "def");
        connection.Receive(new ToEndRule(), 100, Limit());

        var transcript = connection.Transcript!;

        Assert.Equal([TranscriptDirection.Sent, TranscriptDirection.Received], transcript.Entries.Select(static e => e.Direction));
        Assert.Equal(["def", "abcdef"], transcript.Entries.Select(static e => e.Text));
        Assert.Equal(3, transcript.BytesDropped);
        Assert.Contains("00000000  61 62 63 64 65 66", transcript.ToHexDump());
    }

    [Fact]
    public async Task Datagrams_keep_their_borders_and_their_sender()
    {
        using var one = await new SocketConnector().ConnectAsync(new ConnectOptions { Protocol = TransportProtocol.Udp }, Test);
        var port = int.Parse(one.LocalEndPoint!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        using var other = await new SocketConnector().ConnectAsync(
            new ConnectOptions { Protocol = TransportProtocol.Udp, Target = new HostTarget("127.0.0.1", port) }, Test);
        Send(other, "first");
        Send(other, "");
        Send(other, "third");

        var first = one.ReceiveDatagram(Utf8, waits: true, Limit())!;

        Assert.Equal("first", first.Text);
        Assert.Equal(other.LocalEndPoint, first.Sender);
        Assert.Equal(0, one.ReceiveDatagram(Utf8, waits: true, Limit())!.Length);
        Assert.Equal("third", one.ReceiveDatagram(Utf8, waits: true, Limit())!.Text);
        Assert.Null(one.ReceiveDatagram(Utf8, waits: false, Limit()));
        one.Send("back"u8.ToArray(), 4, new IPEndPoint(IPAddress.Parse(first.Address), first.Port), Limit());
        Assert.Equal("back", other.ReceiveDatagram(Utf8, waits: true, Limit())!.Text);
        var tooMuch = Assert.Throws<SocketOperationException>(() => Send(other, new string('x', 70_000)));
        Assert.Equal("EMSGSIZE", tooMuch.ErrorName);
    }

    [Fact]
    public async Task A_refused_datagram_is_told()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)closed.LocalEndPoint!).Port;
        closed.Dispose();
        using var connection = await new SocketConnector().ConnectAsync(
            new ConnectOptions { Protocol = TransportProtocol.Udp, Target = new HostTarget("127.0.0.1", port) }, Test);
        Send(connection, "anyone?");

        var error = Assert.Throws<SocketOperationException>(() => connection.ReceiveDatagram(Utf8, waits: true, Limit()));

        Assert.Equal(Reason.ConnectionRefused, error.Reason);
    }

    [Fact]
    public async Task A_unix_socket_is_a_stream_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of this kind are Unix's");
        var path = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using var connection = await new SocketConnector().ConnectAsync(new ConnectOptions { UnixPath = path }, Test);
        using var accepted = await listener.AcceptAsync(Test);
        Send(connection, "hello");
        var buffer = new byte[10];

        Assert.Equal(5, await accepted.ReceiveAsync(buffer, Test));
        Assert.Equal((SocketFamily.Unix, path, null), (connection.Family, connection.RemoteEndPoint, connection.Protocol));
        File.Delete(path);
        var error = await Assert.ThrowsAsync<SocketOperationException>(() => new SocketConnector().ConnectAsync(new ConnectOptions { UnixPath = path }, Test));
        Assert.Equal("ENOENT", error.ErrorName);
        await File.WriteAllTextAsync(path, "no socket", Test);
        error = await Assert.ThrowsAsync<SocketOperationException>(() => new SocketConnector().ConnectAsync(new ConnectOptions { UnixPath = path }, Test));
        Assert.Equal((Reason.ConnectionRefused, "ECONNREFUSED"), (error.Reason, error.ErrorName));
        Assert.DoesNotContain("port", error.Message);
        File.Delete(path);
        error = await Assert.ThrowsAsync<SocketOperationException>(() => new SocketConnector().ConnectAsync(new ConnectOptions { UnixPath = path + new string('x', 100) }, Test));
        Assert.Contains("108 bytes on Linux", error.Message);
        Assert.DoesNotContain("Parameter", error.Message);
    }

    [Fact]
    public async Task A_unix_socket_whose_queue_is_full_times_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lets a connection wait for room in the queue");
        var path = Path.Combine(Path.GetTempPath(), $"socket-tools-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(0);
        var options = new ConnectOptions { UnixPath = path, TimeoutMilliseconds = 200 };
        using var first = await new SocketConnector().ConnectAsync(options, Test);

        await Assert.ThrowsAsync<SocketTimeoutException>(() => new SocketConnector().ConnectAsync(options, Test));

        var waiting = new SocketConnector().ConnectAsync(options with { TimeoutMilliseconds = HangGuard }, Test);
        using var accepted = await listener.AcceptAsync(Test);
        using var second = await waiting;
        Assert.Equal(ConnectionState.Open, second.State);
        File.Delete(path);
    }

    [Fact]
    public async Task A_connection_that_nobody_answers_times_out_and_can_be_cancelled()
    {
        using var silent = new SilentPort();
        using var stop = new CancellationTokenSource();
        var options = new ConnectOptions { Target = new HostTarget("127.0.0.1", silent.Number), TimeoutMilliseconds = 200 };

        await Assert.ThrowsAsync<SocketTimeoutException>(() => new SocketConnector().ConnectAsync(options, Test));
        var opening = new SocketConnector().ConnectAsync(options with { TimeoutMilliseconds = HangGuard }, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task A_refused_connection_says_so()
    {
        using var closed = LoopbackPort.Closed();

        var error = await Assert.ThrowsAsync<SocketOperationException>(() => ConnectAsync(closed.Number));

        Assert.Equal((Reason.ConnectionRefused, "ECONNREFUSED"), (error.Reason, error.ErrorName));
    }

    [Fact]
    public async Task Many_connections_end_with_their_session()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(1024);
        var connections = new System.Collections.Generic.List<SocketConnection>();
        for (var i = 0; i < 300; i++)
        {
            connections.Add(await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port));
            ConnectionTable.Add(connections[i], Session);
        }

        Assert.Empty(connections.Except(ConnectionTable.Open));
        ConnectionTable.CloseAllOf(Session);

        Assert.All(connections, static c => Assert.Equal(ConnectionState.Closed, c.State));
    }

    private static Task<SocketConnection> ConnectAsync(int port) =>
        new SocketConnector().ConnectAsync(new ConnectOptions { Target = new HostTarget("127.0.0.1", port) }, Test);

    private static WaitLimit Limit() => new(HangGuard, Test);

    private static void Send(SocketConnection connection, string text)
    {
        var bytes = Utf8.GetBytes(text);
        connection.Send(bytes, bytes.Length, null, Limit());
    }

    private static string Line(SocketConnection connection) => Utf8.GetString(connection.Receive(new LineRule(Utf8), 1000, Limit()).Bytes!);

    private static (string, ReceiveEnd) TextAndEnd(ReceivedMessage message) => (Utf8.GetString(message.Bytes!), message.End);
}
