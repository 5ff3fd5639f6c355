using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>What scans cost a pwsh in which they are typed: the rows' time, and memory.</summary>
internal sealed class Session
{
    private const string AllRows = "Test-TcpPort 127.0.0.1 1-65535";
    private const string Memory = "[Diagnostics.Process]::GetCurrentProcess()";

    /// <summary>How much longer 65,535 rows take than those of the open ports only, in seconds.</summary>
    public double? SecondsOfRows { get; private set; }

    /// <summary>How much more memory a pwsh that keeps 65,535 rows has needed than an idle one, in megabytes.</summary>
    public double? MegabytesOfRows { get; private set; }

    /// <summary>How much a pwsh has grown while it scanned 65,536 hosts, in megabytes.</summary>
    public double? MegabytesOfHosts { get; private set; }

    public Session Run(int rounds)
    {
        Console.WriteLine();
        Console.WriteLine("What it costs a pwsh");
        if (Shell.Missing is not null)
        {
            Console.WriteLine($"  not run: {Shell.Missing}");
            return this;
        }
        var open = new List<double>();
        var all = new List<double>();
        foreach (var words in Shell.Run(
            $"for ($i = 0; $i -lt {rounds}; $i++) {{ {Timed("open", AllRows + " -State Open")}; {Timed("all", AllRows)}; [GC]::Collect() }}").Select(Words))
        {
            (words[0] == "open" ? open : all).Add(Number(words[1]));
        }
        SecondsOfRows = Median(all) - Median(open);
        Print("65,535 ports, the open ones", Median(open), "s");
        Print("65,535 ports, all rows", Median(all), "s");

        var idle = Median(Repeat(3, () => Shell.RunBare($"{Memory}.WorkingSet64")));
        var rows = Median(Repeat(3, () => Shell.Run($"$rows = {AllRows}; {Memory}.PeakWorkingSet64")));
        MegabytesOfRows = rows - idle;
        Print("working set, idle", idle, "MB");
        Print("working set, with 65,535 rows, at most", rows, "MB");

        MegabytesOfHosts = Median(Repeat(3, () => Shell.Run(
            $"[GC]::Collect(); $before = {Memory}.WorkingSet64; $null = Test-TcpPort 127.1.0.0/16 8000 -State Open; {Memory}.PeakWorkingSet64 - $before")));
        Print("growth by a scan of 65,536 hosts, at most", MegabytesOfHosts.Value, "MB");
        return this;
    }

    private static string Timed(string name, string command) =>
        $"$clock = [Diagnostics.Stopwatch]::StartNew(); $rows = {command}; '{name} ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture); $rows = $null";

    private static List<double> Repeat(int times, Func<IEnumerable<string>> bytes) =>
        [.. Enumerable.Range(0, times).Select(_ => Number(bytes().Single()) / 1e6)];

    private static string[] Words(string line) => line.Trim().Split(' ');

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-44}{value,8:0.000} {unit}"));
}
