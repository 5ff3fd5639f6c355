using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>Ten thousand ports at the other end of a link of 50 ms round trip that loses packets; the last hundred of every
/// thousand do not answer, ten are open, the others refuse. Every port's state counts.</summary>
internal sealed record LinkScene(int LossPercent)
{
    private const int Ports = 10_000;
    private const string Command = $"Test-TcpPort {LinkProgram.FarAddress} 1-10000";
    private const string Targets = $"-p 1-10000 {LinkProgram.FarAddress}";
    private static readonly int[] Open = [22, 80, 443, 1234, 2222, 3306, 5432, 8080, 8081, 8443];

    private string Options => string.Create(CultureInfo.InvariantCulture, $"-d 25 -l {LossPercent} -o {string.Join(',', Open)} -q {SilentRanges}");

    private static string SilentRanges =>
        string.Join(',', Enumerable.Range(1, Ports / 1000).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{(i * 1000) - 99}-{i * 1000}")));

    /// <param name="rounds">How often.</param>
    /// <param name="withSlow">Whether also those take part, once, that take a minute.</param>
    public Race Run(int rounds, bool withSlow) =>
        new Race($"10,000 ports at 50 ms, {LossPercent} % lost each way, 1,000 silent", Contenders(withSlow)).Run(rounds, Judge);

    private static (Outcome Outcome, int Wrong) Judge(Func<Outcome> run)
    {
        var outcome = run();
        return (outcome, Enumerable.Range(1, Ports).Count(port =>
            !outcome.States.TryGetValue($"{LinkProgram.FarAddress}:{port}", out var state) || state != StateOf(port)));
    }

    private static string StateOf(int port) => Open.Contains(port) ? "open" : (port - 1) % 1000 >= 900 ? "filtered" : "closed";

    private IEnumerable<Contender> Contenders(bool withSlow)
    {
        yield return Engine.InItsOwnProcess(Command).Behind(Options);
        yield return Shell.Command(Command).Behind(Options);
        yield return Portable.Command($"{LinkProgram.FarAddress}:1-{Ports}", "--warm").Behind(Options);
        yield return Nmap.All("-T5 --min-rate 5000 --max-retries 2", Targets).Behind(Options);
        if (!withSlow)
            yield break;
        yield return Nmap.All("-T4", Targets).Behind(Options, isSlow: true);
        yield return Nmap.All("-T3", Targets).Behind(Options, isSlow: true);
        yield return Python.Threads(LinkProgram.FarAddress, 1, Ports).Behind(Options, isSlow: true);
    }
}
