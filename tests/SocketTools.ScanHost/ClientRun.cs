using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A connection of the core beside a stop watch: <c>ask PORT WARM TIMES</c> sends a line and receives one, so often, after so many to warm up;
/// <c>receive PORT FILE</c> writes all that comes to a file. Both print "seconds N".</summary>
internal static class ClientRun
{
    private const int TimeoutMilliseconds = 10_000;

    public static bool IsMeant(string[] args) => args is ["ask", _, _, _] or ["receive", _, _];

    public static async Task RunAsync(string[] args)
    {
        var options = new ConnectOptions { Target = new HostTarget("127.0.0.1", int.Parse(args[1], CultureInfo.InvariantCulture)) };
        var clock = Stopwatch.StartNew();
        using var connection = await new SocketConnector().ConnectAsync(options, CancellationToken.None);
        if (args[0] == "receive")
        {
            using var file = new FileStream(args[2], FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
            connection.ReadToEnd(Limit, (bytes, count) => file.Write(bytes, 0, count));
            Print("seconds", clock.Elapsed.TotalSeconds);
            return;
        }
        var (warm, times) = (int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
        Ask(connection, warm);
        clock.Restart();
        var right = Ask(connection, times);
        Print("seconds", clock.Elapsed.TotalSeconds);
        Print("right", right);
    }

    private static int Ask(SocketConnection connection, int times)
    {
        var encoding = new UTF8Encoding(false);
        var request = new SocketRequest("PING\r\n"u8.ToArray(), () => new LineRule(encoding), 4096, encoding);
        var right = 0;
        for (var i = 0; i < times; i++)
            right += request.Run(connection, isNew: false, TimeoutMilliseconds, CancellationToken.None).Text == "+PONG" ? 1 : 0;
        return right;
    }

    private static WaitLimit Limit() => new(TimeoutMilliseconds, CancellationToken.None);

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
}
