using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using SocketTools;
using SocketTools.Tests;

/// <summary>A process that serves, and one that is the load of another.</summary>
internal static class ServeMode
{
    private const int MessageBytes = 64;

    private static readonly List<Socket> Fillers = [];

    /// <summary>Echoes, replies, or forwards; prints <c>started PID PORT</c>, and for each line of its input what it
    /// has counted and the memory that it holds, for which it needs no descriptor.</summary>
    public static void Serve(string[] options)
    {
        var server = SocketServer.Start(new ServerOptions
        {
            Backlog = 4096,
            Certificate = options.Contains("--tls") ? ServerTls.MakeCertificate([]) : null,
            Engine = options.Contains("--portable") ? ServerEngine.Portable
                : options.Contains("--streams") ? ServerEngine.Streams : ServerEngine.Automatic,
            Handler = Number("--forward") is { } port ? new ForwardHandler(new HostTarget("127.0.0.1", port))
                : Number("--reply") is { } length ? new ReplyHandler(new byte[length], ReplyPer.Line)
                : new EchoHandler(),
            Protocols = [TransportProtocol.Tcp, TransportProtocol.Udp],
        });
        // What is loaded once and for all is not counted.
        var hasTalked = !options.Any(static option => option is "--forward" or "--reply" or "--tls");
        if (hasTalked)
            Talk(server.Port);
        var (connections, bytes) = hasTalked ? (1, MessageBytes) : (0, 0);
        if (options.Contains("--dense"))
            FillGaps();
        if (Number("--spare") is { } spare)
            DescriptorLimit.LeaveRoomFor(spare);
        Console.WriteLine($"started {Environment.ProcessId} {server.Port}");
        while (Console.In.ReadLine() is not null)
        {
            GC.Collect();
            Console.WriteLine(string.Join(
                ' ', server.ConnectionsAccepted - connections, server.ConnectionsOpen, server.BytesReceived - bytes,
                server.BytesSent - bytes, server.Errors, GC.GetTotalMemory(forceFullCollection: false)));
        }

        // It ends as it is, with all that is open.
        int? Number(string option) =>
            Array.IndexOf(options, option) is >= 0 and var at ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Holds many connections open and sends a message on each, once a second; prints how many were answered.</summary>
    public static void Hold(int port, int count, int seconds)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => Connect(port)).ToList();
        var answered = 0L;
        for (var second = 0; second < seconds; second++)
        {
            var clock = Stopwatch.StartNew();
            var message = new byte[MessageBytes];
            message.AsSpan().Fill((byte)second);
            sockets.ForEach(socket => socket.Send(message));
            answered += sockets.Count(socket => IsAnswered(socket, message));
            if (clock.ElapsedMilliseconds < 1000)
                Socket.Select(null, null, new[] { sockets[0] }, (int)(1000 - clock.ElapsedMilliseconds) * 1000);
        }
        Console.WriteLine($"answered {answered}");
        Console.In.ReadToEnd();
    }

    // Each number below the highest is a descriptor's, so that a limit at it leaves none.
    private static void FillGaps()
    {
        var highest = Directory.EnumerateFileSystemEntries("/proc/self/fd").Max(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        while (true)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Fillers.Add(filler);
            if ((int)filler.Handle > highest)
                return;
        }
    }

    private static void Talk(int port)
    {
        using var client = Connect(port);
        client.Send(new byte[MessageBytes]);
        IsAnswered(client, new byte[MessageBytes]);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static bool IsAnswered(Socket socket, byte[] message)
    {
        var answer = new byte[message.Length];
        for (var at = 0; at < answer.Length;)
        {
            var count = socket.Receive(answer, at, answer.Length - at, SocketFlags.None);
            if (count == 0)
                return false;
            at += count;
        }
        return answer.AsSpan().SequenceEqual(message);
    }
}
