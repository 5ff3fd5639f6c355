using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Dialogues with servers of Debian's packages, where they are installed.</summary>
public sealed class RealServerTests
{
    private const int HangGuard = 30_000;
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_answers_over_tcp_and_over_its_unix_socket()
    {
        Tool.Require("redis-server");
        var folder = Directory.CreateTempSubdirectory("socket-tools-redis-").FullName;
        var path = Path.Combine(folder, "redis.sock");
        using var redis = await Daemon.StartAsync(
            "redis-server",
            port => ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder, "--unixsocket", path],
            Test);
        foreach (var options in new[] { new ConnectOptions { Target = new HostTarget("127.0.0.1", redis.Port) }, new ConnectOptions { UnixPath = path } })
        {
            using var connection = await new SocketConnector().ConnectAsync(options, Test);

            Assert.Equal("+PONG", Ask(connection, "PING", new LineRule(Utf8)));
            Assert.Equal("+OK", Ask(connection, "SET name olá", new LineRule(Utf8)));
            Assert.Equal("$4", Ask(connection, "GET name", new LineRule(Utf8)));
            Assert.Equal("olá", Utf8.GetString(connection.Receive(new LineRule(Utf8), 100, Limit()).Bytes!));
            Assert.StartsWith("$", Ask(connection, "INFO server", new PatternRule(new Regex(@"tcp_port:\d+\r\n"), Utf8)));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Many_requests_go_over_one_connection()
    {
        using var redis = await Daemon.StartAsync(
            "redis-server", port => ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", Path.GetTempPath()], Test);
        using var connection = await new SocketConnector().ConnectAsync(new ConnectOptions { Target = new HostTarget("127.0.0.1", redis.Port) }, Test);
        var request = new SocketRequest("PING\r\n"u8.ToArray(), static () => new LineRule(Utf8), 100, Utf8);

        for (var i = 0; i < 10_000; i++)
            Assert.Equal(5, request.Run(connection, isNew: false, HangGuard, Test).Length);
        Assert.Equal((60_000, 70_000), (connection.BytesSent, connection.BytesReceived));
    }

    [Fact]
    public async Task An_ftp_server_lets_anonymous_in_and_says_what_it_is()
    {
        Assert.SkipUnless(Environment.UserName == "root", "vsftpd wants root");
        Tool.Require("vsftpd");
        var folder = Directory.CreateTempSubdirectory("socket-tools-ftp-").FullName;
        using (var ftp = await Daemon.StartAsync(
            "vsftpd",
            port =>
            {
                var configuration = Path.Combine(folder, "vsftpd.conf");
                File.WriteAllText(configuration, $"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nanonymous_enable=YES\nanon_root={folder}\nsecure_chroot_dir={folder}\nseccomp_sandbox=NO\n");
                return [configuration];
            },
            Test))
        {
            using var connection = await new SocketConnector().ConnectAsync(new ConnectOptions { Target = new HostTarget("127.0.0.1", ftp.Port) }, Test);

            Assert.StartsWith("220 ", Utf8.GetString(connection.Receive(new LineRule(Utf8), 1000, Limit()).Bytes!));
            Assert.StartsWith("331 ", Ask(connection, "USER anonymous", new LineRule(Utf8)));
            Assert.EndsWith("Goodbye.\r\n", Ask(connection, "QUIT", new PatternRule(new Regex(@"221 .*\r\n"), Utf8)));
            Assert.Empty(connection.Receive(new LineRule(Utf8), 100, Limit()).Bytes!);
            Assert.Equal(ConnectionState.PeerClosed, connection.State);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_smtp_server_says_hello()
    {
        Assert.SkipUnless(Environment.UserName == "root", "smtpd wants root");
        Tool.Require("smtpd");
        var folder = Directory.CreateTempSubdirectory("socket-tools-smtp-").FullName;
        using (var smtp = await Daemon.StartAsync(
            "smtpd",
            port =>
            {
                var configuration = Path.Combine(folder, "smtpd.conf");
                File.WriteAllText(configuration, $"listen on 127.0.0.1 port {port}\naction \"local\" mbox\nmatch for local action \"local\"\n");
                return ["-d", "-f", configuration];
            },
            Test))
        {
            using var connection = await new SocketConnector().ConnectAsync(new ConnectOptions { Target = new HostTarget("127.0.0.1", smtp.Port) }, Test);

            Assert.StartsWith("220 ", Utf8.GetString(connection.Receive(new LineRule(Utf8), 1000, Limit()).Bytes!));
            Assert.Contains("8BITMIME", Ask(connection, "EHLO me", new PatternRule(new Regex(@"(?m)^250 .*\r\n"), Utf8)));
            Assert.StartsWith("250 ", Ask(connection, "MAIL FROM:<me@localhost>", new LineRule(Utf8)));
            Assert.StartsWith("221 ", Ask(connection, "QUIT", new LineRule(Utf8)));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string Ask(SocketConnection connection, string line, ReceiveRule rule)
    {
        var bytes = Utf8.GetBytes(line + "\r\n");
        connection.Send(bytes, bytes.Length, null, Limit());
        return Utf8.GetString(connection.Receive(rule, 100_000, Limit()).Bytes!);
    }

    private static WaitLimit Limit() => new(HangGuard, Test);
}
