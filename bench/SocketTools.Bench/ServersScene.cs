using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>Echo servers under the same load, from one program in C.</summary>
/// <param name="name">The heading.</param>
/// <param name="protocol">tcp or udp.</param>
/// <param name="connections">How many clients talk at once.</param>
/// <param name="bytes">How long a message is.</param>
/// <param name="messages">How many messages there are in all.</param>
/// <param name="row">Part of the name of the only one to set beside the limit; all when null.</param>
internal sealed class ServersScene(string name, string protocol, int connections, int bytes, int messages, string? row)
{
    public const string Limit = "C, epoll or recvmsg (the limit)";
    public const string Ours = "SocketTools, Start-EchoServer in pwsh";
    public const string OnStreams = "SocketTools, the same with a fault set";

    private static readonly CProgram Echo = new("echo");

    public Race Run(int rounds) => new Race(
        name, Peers().Where(IsWanted).Select(peer => peer.Under(Load, messages)), Limit).Run(rounds, Judge);

    /// <summary>How long ours took to the fastest of the other programs.</summary>
    public static double? RatioToBest(Race race) =>
        race.Seconds(Ours) / Others.Select(race.Seconds).Where(static seconds => seconds is not null).Min();

    private static IEnumerable<string> Others => ["Python, asyncio", "Python, threads", "socat, fork", "ncat"];

    private bool IsWanted(EchoPeer peer) => row is null || peer.Name == Limit || peer.Name.Contains(row, StringComparison.OrdinalIgnoreCase);

    private string Load(int count) => string.Create(CultureInfo.InvariantCulture, $"{protocol} PORT {connections} {bytes} {count}");

    private IEnumerable<EchoPeer> Peers()
    {
        if (CProgram.Missing is null)
            yield return new EchoPeer(Limit, Echo.Path, protocol);
        yield return new EchoPeer(Ours, "pwsh", Script($"-Protocol {protocol}"));
        if (protocol == "udp")
            yield break;
        // A fault that never comes about has the connections served as streams.
        yield return new EchoPeer(OnStreams, "pwsh", Script("-TruncateAfterBytes 1000000000000"), Share: 0.2);
        yield return new EchoPeer("Python, asyncio", "python3", CProgram.Peer("echo_asyncio.py"), Share: 0.2);
        yield return new EchoPeer("Python, threads", "python3", CProgram.Peer("echo_threads.py"), Share: 0.2);
        yield return new EchoPeer("socat, fork", "socat", "TCP-LISTEN:PORT,bind=127.0.0.1,backlog=4096,reuseaddr,fork,nodelay PIPE", Share: bytes > 1000 ? 0.01 : 0.2);
        yield return new EchoPeer("ncat", "ncat", "--listen --keep-open --max-conns 1000 --exec /bin/cat 127.0.0.1 PORT", Share: bytes > 1000 ? 0.01 : 0.2);
    }

    private static string Script(string options) =>
        $"-NoProfile -Command \"Import-Module '{Engine.Manifest}'; (Start-EchoServer -Backlog 4096 {options}).Port; $null = [Console]::In.ReadToEnd()\"";

    private static (Outcome Outcome, int Wrong) Judge(Func<Outcome> run)
    {
        var outcome = run();
        return (outcome, int.Parse(outcome.States["wrong"], CultureInfo.InvariantCulture));
    }
}
