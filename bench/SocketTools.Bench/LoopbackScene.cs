using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.NetworkInformation;

namespace SocketTools.Bench;

/// <summary>Ports of loopback addresses of which the open ones are to be found.</summary>
internal sealed record LoopbackScene(string Name, string FirstAddress, int Hosts, int FirstPort, int Ports)
{
    public const string FastestNmap = "-T5 --min-rate 100000";

    private const int MostThreads = 10_000;

    private int LastPort => FirstPort + Ports - 1;

    private string Range => $"{FirstPort}-{LastPort}";

    private string Targets => Hosts == 1 ? FirstAddress : $"{FirstAddress}/{32 - (int)Math.Log2(Hosts)}";

    public Race Run(int rounds) => new Race(Name, Contenders()).Run(rounds, Judge);

    private (Outcome Outcome, int Wrong) Judge(Func<Outcome> run)
    {
        var before = Listening();
        var outcome = run();
        var after = Listening();
        var open = outcome.States.Where(static s => s.Value == "open").Select(static s => s.Key).ToHashSet();
        var wrong = open.Count(end => !before.Contains(end) && !after.Contains(end)) + before.Intersect(after).Count(end => !open.Contains(end));
        return (outcome, wrong);
    }

    private IEnumerable<Contender> Contenders()
    {
        yield return LimitProgram.Contender(FirstAddress, Hosts, FirstPort, Ports);
        yield return Engine.Contender($"Test-TcpPort {Targets} {Range} -State Open");
        yield return Shell.Command($"Test-TcpPort {Targets} {Range} -State Open").AsContender();
        // The last of three runs counts: the engine in process is warm from round to round, too.
        yield return Portable.Command($"{Targets}:{Range}", "--open --runs 3").AsContender();
        yield return Nmap.Open(FastestNmap, $"-p {Range} {Targets}").AsContender();
        if (Hosts == 1)
            yield return Python.OneByOne(FirstAddress, FirstPort, LastPort).AsContender();
        if (Hosts == 1 && Ports <= MostThreads)
            yield return Python.Threads(FirstAddress, FirstPort, LastPort).AsContender();
    }

    // What listens on every address is open on each of the scene's.
    private HashSet<string> Listening() =>
        [.. from end in IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            where end.Port >= FirstPort && end.Port <= LastPort
            from address in Addresses()
            where end.Address.ToString() == address || end.Address.ToString() is "0.0.0.0" or "::"
            select $"{address}:{end.Port}"];

    private IEnumerable<string> Addresses() =>
        Enumerable.Range(0, Hosts).Select(i =>
        {
            var parts = FirstAddress.Split('.').Select(int.Parse).ToArray();
            return $"{parts[0]}.{parts[1]}.{parts[2] + (i / 256)}.{parts[3] + (i % 256)}";
        });
}
