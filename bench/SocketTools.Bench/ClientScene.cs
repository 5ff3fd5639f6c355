using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace SocketTools.Bench;

/// <summary>A client at a server of its own: requests and replies one after the other, after three times as many that warm it
/// up, and much that is received into a file.</summary>
internal sealed class ClientScene
{
    public const string Python = "Python socket";
    public const string Ncat = "ncat";
    public const string Core = "SocketTools, the core without PowerShell";
    public const string TwoCalls = "SocketTools in pwsh, Send- and Receive-SocketData";
    public const string OneCall = "SocketTools in pwsh, Invoke-SocketRequest";
    public const string ToFile = "SocketTools in pwsh, Receive-SocketData -OutFile";

    private const int Times = 10_000;

    // The runtime compiles what PowerShell does for a call again and again until some 20,000 have been made.
    private const int WarmUps = 3;
    private const long Bytes = 1L << 30;

    // What is measured is the socket, not the disk.
    private readonly string _file = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sockettools-bench-{Environment.ProcessId}");

    /// <summary>Requests and replies.</summary>
    public Race? Ask { get; private set; }

    /// <summary>Bytes into a file.</summary>
    public Race? Receive { get; private set; }

    /// <summary>How much a pwsh that received them has grown at most, in megabytes.</summary>
    public double? MegabytesGrown { get; private set; }

    public ClientScene Run(int rounds)
    {
        if ((Tool.Find("python3") is null ? "python3 is not installed" : CProgram.Missing) is { } missing)
        {
            Console.WriteLine($"\nA client at a server\n  not run: {missing}");
            return this;
        }
        using (var server = PeerServer.Reply())
            Ask = new Race("10,000 requests and replies on one connection", Askers(server.Port), Python).Run(rounds, JudgeReplies);
        using (var server = PeerServer.Pour(Bytes))
            Receive = new Race("1 GiB received into a file", Receivers(server.Port), Ncat).Run(rounds, JudgeFile);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  growth of the pwsh, at most {MegabytesGrown,8:0} MB"));
        return this;
    }

    private static IEnumerable<Contender> Askers(int port)
    {
        yield return new Command(Python, "python3", $"{CProgram.Peer("ask.py")} {port} {WarmUps * Times} {Times}", Tool.ReadLines).AsContender();
        yield return new Contender(Ncat + ", its input and output piped", Tool.Find("ncat") is null ? "ncat is not installed" : null, _ => AskNcat(port));
        yield return new Command(Core, "dotnet", $"{Portable.Program} ask {port} {WarmUps * Times} {Times}", Tool.ReadLines).AsContender();
        yield return InShell(TwoCalls, port, "Send-SocketData $c PING -Line; if ((Receive-SocketData $c -Line) -ceq '+PONG') { $right++ }");
        yield return InShell(OneCall, port, "if ((Invoke-SocketRequest -Connection $c PING -Line).Text -ceq '+PONG') { $right++ }");
    }

    private IEnumerable<Contender> Receivers(int port)
    {
        yield return new Command(Ncat, "ncat", $"-c \"exec ncat --recv-only 127.0.0.1 {port} > {_file}\"", static (_, seconds) => new Outcome(seconds, new Dictionary<string, string>())) { Shell = "sh" }.AsContender();
        yield return new Command(Python, "python3", $"{CProgram.Peer("receive.py")} {port} {_file}", Tool.ReadLines).AsContender();
        yield return new Command(Core, "dotnet", $"{Portable.Program} receive {port} {_file}", Tool.ReadLines).AsContender();
        yield return new Command(ToFile, "pwsh", $"-NoProfile -Command \"{ReceiveScript(port)}\"", Tool.ReadLines).AsContender();
    }

    private static Contender InShell(string name, int port, string exchange) => new Command(
        name, "pwsh",
        $"-NoProfile -Command \"Import-Module '{Engine.Manifest}'; $c = Connect-Socket 127.0.0.1 {port}; & {{ foreach ($turn in 0..{WarmUps}) {{ " +
        $"$right = 0; $clock = [Diagnostics.Stopwatch]::StartNew(); for ($i = 0; $i -lt {Times}; $i++) {{ {exchange} }} }}; {Elapsed}; 'right ' + $right }}\"",
        Tool.ReadLines).AsContender();

    private string ReceiveScript(int port) =>
        $"Import-Module '{Engine.Manifest}'; $me = [Diagnostics.Process]::GetCurrentProcess(); $before = $me.WorkingSet64; " +
        $"$clock = [Diagnostics.Stopwatch]::StartNew(); $c = Connect-Socket 127.0.0.1 {port}; Receive-SocketData $c -ToEnd -OutFile {_file}; {Elapsed}; " +
        "$me.Refresh(); 'grown ' + ($me.PeakWorkingSet64 - $before)";

    private const string Elapsed = "'seconds ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)";

    private static Outcome AskNcat(int port)
    {
        using var ncat = Process.Start(new ProcessStartInfo(Tool.Find("ncat")!, ["127.0.0.1", $"{port}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var right = 0;
        var clock = new Stopwatch();
        for (var i = -WarmUps * Times; i < Times; i++)
        {
            if (i == 0)
                clock.Start();
            ncat.StandardInput.Write("PING\r\n");
            ncat.StandardInput.Flush();
            var isRight = ncat.StandardOutput.ReadLine() == "+PONG";
            right += isRight && i >= 0 ? 1 : 0;
        }
        var seconds = clock.Elapsed.TotalSeconds;
        ncat.StandardInput.Close();
        ncat.WaitForExit();
        return new Outcome(seconds, new Dictionary<string, string> { ["right"] = $"{right}" });
    }

    private static (Outcome Outcome, int Wrong) JudgeReplies(Func<Outcome> run)
    {
        var outcome = run();
        return (outcome, Times - int.Parse(outcome.States["right"], CultureInfo.InvariantCulture));
    }

    private (Outcome Outcome, int Wrong) JudgeFile(Func<Outcome> run)
    {
        var outcome = run();
        var length = new FileInfo(_file).Length;
        File.Delete(_file);
        if (outcome.States.TryGetValue("grown", out var grown))
            MegabytesGrown = Math.Max(MegabytesGrown ?? 0, long.Parse(grown, CultureInfo.InvariantCulture) / 1e6);
        return (outcome, length == Bytes ? 0 : 1);
    }
}
