using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace SocketTools.Tests;

/// <summary>Requests of the core beside a stop watch: <c>get PORT TIMES</c> gets a small page over a connection of its own, so often, after
/// some seconds to warm up, and prints "seconds N" and "right N".</summary>
internal static class HttpRun
{
    private const int WarmMilliseconds = 4000;

    public static void Run(string[] args)
    {
        var url = HttpUrl.Parse($"http://127.0.0.1:{args[1]}/small.txt");
        var times = int.Parse(args[2], CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        while (clock.ElapsedMilliseconds < WarmMilliseconds)
            Get(url, 100);
        clock.Restart();
        var right = Get(url, times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds {clock.Elapsed.TotalSeconds}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right {right}"));
    }

    private static int Get(Uri url, int times)
    {
        var client = new RawHttpClient();
        var right = 0;
        for (var i = 0; i < times; i++)
            right += client.Send(new RawHttpRequest(url), new RawHttpOptions(), CancellationToken.None).Content == "hello\n" ? 1 : 0;
        return right;
    }
}
