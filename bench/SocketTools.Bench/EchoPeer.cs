using System;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Bench;

/// <summary>A server program that echoes, and what a load of messages takes with it.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Program">The program, which need not be installed.</param>
/// <param name="Arguments">What it is told; <c>PORT</c> in it stands for a free port, without which it prints its own.</param>
/// <param name="Share">What share of the load it is given, so that the slow ones take no longer than the others; its time is that of all.</param>
internal sealed record EchoPeer(string Name, string Program, string Arguments, double Share = 1)
{
    private static readonly CProgram Load = new("load");

    /// <summary>The program as one of those that do a load.</summary>
    /// <param name="load">What the load program is told for so many messages, with <c>PORT</c> for the server's port.</param>
    /// <param name="messages">How many messages are all.</param>
    public Contender Under(Func<int, string> load, int messages) => new(
        Name,
        Tool.Find(Program) is null && !Program.StartsWith('/') ? $"{Program} is not installed" : CProgram.Missing,
        _ => Measure(load((int)(messages * Share))));

    // The load goes once before, so that starting up and compiling are not measured.
    private Outcome Measure(string load)
    {
        var given = Arguments.Contains("PORT", StringComparison.Ordinal) ? FreePort() : 0;
        using var process = Process.Start(new ProcessStartInfo(Tool.Find(Program) ?? Program, Arguments.Replace("PORT", $"{given}", StringComparison.Ordinal))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var port = given == 0 ? int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture) : WaitFor(given);
            var arguments = load.Replace("PORT", $"{port}", StringComparison.Ordinal);
            Tool.Run(Load.Path, arguments);
            var outcome = Tool.ReadLines(Tool.Run(Load.Path, arguments), double.NaN);
            return outcome with { Seconds = outcome.Seconds / Share };
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    // That it listens shows only when somebody connects.
    private static int WaitFor(int port)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return port;
            }
            catch (SocketException) when (clock.Elapsed.TotalSeconds < 10)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
