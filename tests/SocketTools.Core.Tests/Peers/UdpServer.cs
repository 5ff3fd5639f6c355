using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Tests;

/// <summary>A real server, started with folders of its own in place of the system's <c>/run</c> and <c>/var</c>.</summary>
internal sealed class UdpServer : IDisposable
{
    private const string SetUp = """
        set -e
        mount -t tmpfs none /run
        mount -t tmpfs none /var
        mkdir -p /var/lib /var/log /var/cache /var/tmp /run/lock
        ln -s /run /var/run
        cd "$1"; prepare=$2
        shift 2
        exec >log 2>&1
        eval "$prepare"
        exec "$@"
        """;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly Process _process;

    public UdpServer(UdpServerPlan plan)
    {
        var program = Tool.Require(plan.Program);
        var unshare = Tool.Require("unshare");
        _folder = Directory.CreateTempSubdirectory("socket-tools-udp-").FullName;
        foreach (var file in plan.Files)
            File.WriteAllText(Path.Combine(_folder, file.Key), Here(file.Value));
        using (var certificate = TestCertificate.SelfSigned("localhost"))
            TestCertificate.WritePem(certificate, Path.Combine(_folder, "cert.pem"), Path.Combine(_folder, "key.pem"));
        List<string> words = ["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", SetUp, "sh", _folder, Here(plan.Prepare), program];
        words.AddRange(Array.ConvertAll(plan.Arguments, Here));
        _process = Process.Start(new ProcessStartInfo(unshare, words))!;
    }

    /// <summary>What the server was asked and what it answered, once it listened.</summary>
    public (byte[] Payload, byte[] Answer) Ask(UdpProbe probe, IPEndPoint server, int attempt = 0, bool overTcp = false)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < LongEnough)
        {
            var payload = probe.Request.CreatePayload(attempt);
            if (Answer(payload, server, probe.Request.IsAnsweredFromAnyPort, overTcp ? ProtocolType.Tcp : ProtocolType.Udp) is { } answer)
                return (payload, answer);
            Assert.False(_process.WaitForExit(100), $"the server ended: {Log()}");
        }
        throw new TimeoutException($"{probe} was not answered within {LongEnough}: {Log()}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[]? Answer(byte[] payload, IPEndPoint server, bool fromAnyPort, ProtocolType protocol)
    {
        using var socket = new Socket(server.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol) { ReceiveTimeout = 2000 };
        var buffer = new byte[65536];
        try
        {
            if (fromAnyPort)
            {
                socket.SendTo(payload, server);
            }
            else
            {
                socket.Connect(server);
                socket.Send(payload);
            }
            return buffer[..socket.Receive(buffer)];
        }
        catch (SocketException)
        {
            // Nobody listens there yet, or it has nothing to say yet.
            return null;
        }
    }

    private string Here(string text) => text.Replace("FOLDER", _folder, StringComparison.Ordinal);

    private string Log() => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "no log";
}

/// <summary>How a server is started; FOLDER stands for the folder that it runs in.</summary>
internal sealed record UdpServerPlan(string Program, params string[] Arguments)
{
    public Dictionary<string, string> Files { get; init; } = [];

    /// <summary>A shell's commands to run before.</summary>
    public string Prepare { get; init; } = "";
}
