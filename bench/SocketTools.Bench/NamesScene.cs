using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>Names of which a DNS server knows the address.</summary>
internal sealed class NamesScene
{
    public const string Limit = "dnsperf (the limit)";
    public const string Dig = "dig -f";

    private const int Count = 10_000;

    private readonly Dictionary<string, string> _addresses = Enumerable.Range(0, Count)
        .ToDictionary(static host => $"h{host}.example.test", static host => $"127.1.{host / 256}.{host % 256}");

    /// <returns>Null when there is no server to ask.</returns>
    public Race? Run(int rounds)
    {
        const string name = "10,000 names at a DNS server on loopback";
        if (Dnsmasq.Missing is { } missing)
        {
            Console.WriteLine($"\n{name}\n  not run: {missing}");
            return null;
        }
        using var server = new Dnsmasq(_addresses);
        return new Race(name, Contenders(server).Select(static command => command.AsContender()), Limit).Run(rounds, Judge);
    }

    private (Outcome Outcome, int Wrong) Judge(Func<Outcome> run)
    {
        var outcome = run();
        return (outcome, _addresses.Count(host => outcome.States.GetValueOrDefault(host.Key) != host.Value));
    }

    private IEnumerable<Command> Contenders(Dnsmasq server)
    {
        yield return new Command(Limit, "dnsperf", $"-s 127.0.0.1 -p {server.Port} -d {server.Questions} -n 1", ReadDnsperf);
        yield return new Command(Dig, "dig", $"@127.0.0.1 -p {server.Port} -f {server.Names} +noall +answer", ReadDig);
        yield return new Command(Shell.Name, "pwsh", $"-NoProfile -Command \"{Script(server)}\"", Tool.ReadLines);
    }

    private static string Script(Dnsmasq server) =>
        $"Import-Module '{Engine.Manifest}'; $names = [IO.File]::ReadAllLines('{server.Names}'); " +
        $"$null = $names[0..499] | Resolve-HostInfo -Server 127.0.0.1:{server.Port} -IPv4; " +
        $"$clock = [Diagnostics.Stopwatch]::StartNew(); $found = $names | Resolve-HostInfo -Server 127.0.0.1:{server.Port} -IPv4; " +
        "'seconds ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture); $found | ForEach-Object { $_.ComputerName + ' ' + $_.Addresses }";

    // It tells no answers, but how many came.
    private Outcome ReadDnsperf(string output, double seconds)
    {
        var values = output.Split('\n').Select(static line => line.Split(':', 2)).Where(static words => words.Length == 2)
            .ToLookup(static words => words[0].Trim(), static words => words[1].Trim().Split(' ')[0]);
        var took = double.Parse(values["Run time (s)"].Single(), CultureInfo.InvariantCulture);
        return new Outcome(took, values["Queries completed"].Single() == $"{Count}" ? _addresses : []);
    }

    private static Outcome ReadDig(string output, double seconds) => new(
        seconds,
        output.Split('\n').Select(static line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(static words => words.Length == 5)
            .ToDictionary(static words => words[0].TrimEnd('.'), static words => words[4]));
}
