using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.NetworkInformation;

namespace SocketTools.Bench;

/// <summary>Ports to find, and the tools that look for them by turns.</summary>
internal sealed record Scene(string Name, string FirstAddress, int Hosts, int FirstPort, int Ports)
{
    private int LastPort => FirstPort + Ports - 1;

    private string Range => $"{FirstPort}-{LastPort}";

    private string Targets => Hosts == 1 ? FirstAddress : $"{FirstAddress}/{32 - (int)Math.Log2(Hosts)}";

    /// <summary>Runs every tool as often as asked, one after the other in each round, and prints the medians.</summary>
    public void Run(int rounds)
    {
        var contenders = Contenders().ToArray();
        var times = contenders.ToDictionary(static c => c.Name, static _ => new List<double>());
        var wrong = contenders.ToDictionary(static c => c.Name, static _ => 0);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders.Where(static c => c.Missing is null))
            {
                var before = Listening();
                var outcome = contender.Run();
                var after = Listening();
                times[contender.Name].Add(outcome.Seconds);
                wrong[contender.Name] += outcome.Open.Count(open => !before.Contains(open) && !after.Contains(open))
                    + before.Intersect(after).Count(open => !outcome.Open.Contains(open));
            }
        }
        Print(contenders, times, wrong);
    }

    private void Print(Contender[] contenders, Dictionary<string, List<double>> times, Dictionary<string, int> wrong)
    {
        Console.WriteLine();
        Console.WriteLine(Name);
        var limit = times.TryGetValue(LimitProgram.Name, out var limits) && limits.Count > 0 ? Median(limits) : double.NaN;
        foreach (var contender in contenders)
        {
            if (contender.Missing is not null)
            {
                Console.WriteLine($"  {contender.Name,-34} not run: {contender.Missing}");
                continue;
            }
            var median = Median(times[contender.Name]);
            var ratio = (median / limit).ToString("0.00", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {contender.Name,-34} {median,8:0.000} s {ratio,7} x the limit {wrong[contender.Name],4} wrong"));
        }
    }

    private IEnumerable<Contender> Contenders()
    {
        yield return LimitProgram.Contender(FirstAddress, Hosts, FirstPort, Ports);
        yield return Engine.Contender($"Test-TcpPort {Targets} {Range} -State Open");
        yield return Shell.Contender($"Test-TcpPort {Targets} {Range} -State Open");
        yield return Tool.Contender("nmap -sT -n -Pn -T5", "nmap", $"-sT -n -Pn -T5 --min-rate 100000 -oG - -p {Range} {Targets}", NmapOutput.Read);
        if (Hosts == 1)
        {
            yield return Tool.Contender("Python, one by one", "python3", $"{Peer("sequential.py")} {FirstAddress} {FirstPort} {LastPort}", LimitProgram.Read);
            if (Ports <= 10_000)
                yield return Tool.Contender("Python, a thread a port", "python3", $"{Peer("threads.py")} {FirstAddress} {FirstPort} {LastPort}", LimitProgram.Read);
        }
    }

    private static string Peer(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Peers", file);

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

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
