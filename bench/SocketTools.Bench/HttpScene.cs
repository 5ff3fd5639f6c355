using System;
using System.Collections.Generic;
using System.Globalization;

namespace SocketTools.Bench;

/// <summary>HTTP at an nginx of its own: small pages over new connections, a large body, and many requests over one connection.</summary>
internal sealed class HttpScene
{
    public const string Python = "Python socket";
    public const string Core = "SocketTools, the core without PowerShell";
    public const string Raw = "SocketTools in pwsh, Invoke-RawHttp";
    public const string Web = "Invoke-WebRequest";
    public const string Script = "TcpClient in a script in pwsh";
    public const string Curl = "curl";
    public const string ToFile = "SocketTools in pwsh, Invoke-RawHttp -OutFile";
    public const string Pipelined = "SocketTools in pwsh, Invoke-RawHttp -Pipeline";
    public const string InSequence = "SocketTools in pwsh, Invoke-RawHttp -Sequence";
    public const string Separate = "SocketTools in pwsh, a connection each";

    private const int Times = 2000;
    private const int WarmMilliseconds = 4000;
    private const int Requests = 1000;
    private const int Bytes = 200_000_000;
    private const string Clock = "$clock = [Diagnostics.Stopwatch]::StartNew(); ";
    private const string Elapsed = "'seconds ' + $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)";

    /// <summary>Small pages, each over a connection of its own.</summary>
    public Race? Small { get; private set; }

    /// <summary>The same in a pwsh that has just started, after one.</summary>
    public Race? Fresh { get; private set; }

    /// <summary>A body of 200 MB.</summary>
    public Race? Large { get; private set; }

    /// <summary>A thousand requests.</summary>
    public Race? Many { get; private set; }

    /// <summary>How much a pwsh that wrote the body to a file has grown at most, in megabytes.</summary>
    public double? MegabytesGrown { get; private set; }

    public HttpScene Run(int rounds)
    {
        if (Nginx.Missing is { } missing)
        {
            Console.WriteLine($"\nHTTP at nginx\n  not run: {missing}");
            return this;
        }
        using var server = new Nginx(Bytes);
        var url = $"http://127.0.0.1:{server.Port}";
        Small = new Race("2,000 small pages over new connections", SmallPages(url, server.Port), Python).Run(rounds, run => Judge(run, Times));
        Fresh = new Race("2,000 small pages over new connections, from the second in a pwsh", InShells(url, server.Port, 0), Web).Run(rounds, run => Judge(run, Times));
        Large = new Race("a body of 200 MB", LargeBodies(url, server.Beside("out")), Curl).Run(rounds, run => Judge(run, Bytes));
        Many = new Race("1,000 requests", ManyRequests(url), Separate).Run(rounds, run => Judge(run, Requests));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  growth of the pwsh that wrote a file, at most {MegabytesGrown,8:0} MB"));
        return this;
    }

    private static IEnumerable<Contender> SmallPages(string url, int port)
    {
        yield return new Command(Python, "python3", $"{CProgram.Peer("get.py")} {port} {Times}", Tool.ReadLines).AsContender();
        yield return new Command(Core, "dotnet", $"{Portable.Program} get {port} {Times}", Tool.ReadLines).AsContender();
        yield return new Contender(Engine.Name, null, _ => Engine.RunLines(Loop($"if ((Invoke-RawHttp {url}/small.txt).Content -ceq \"hello`n\") {{ $right++ }}")));
        foreach (var contender in InShells(url, port, WarmMilliseconds))
            yield return contender;
    }

    private static IEnumerable<Contender> InShells(string url, int port, int warmMilliseconds)
    {
        yield return InShell(Raw, Loop($"if ((Invoke-RawHttp {url}/small.txt).Content -ceq \"\"\"hello`n\"\"\") {{ $right++ }}", warmMilliseconds: warmMilliseconds));
        yield return InShell(Script, Loop(ByHand(port), warmMilliseconds: warmMilliseconds));
        yield return InShell(Web, Loop($"if ((Invoke-WebRequest {url}/small.txt -DisableKeepAlive).Content -ceq \"\"\"hello`n\"\"\") {{ $right++ }}", warmMilliseconds: warmMilliseconds));
    }

    // What people write who have no cmdlet for it.
    private static string ByHand(int port) =>
        $"$client = [Net.Sockets.TcpClient]::new('127.0.0.1', {port}); $stream = $client.GetStream(); " +
        $"$bytes = [Text.Encoding]::ASCII.GetBytes(\"\"\"GET /small.txt HTTP/1.1`r`nHost: 127.0.0.1:{port}`r`nConnection: close`r`n`r`n\"\"\"); $stream.Write($bytes, 0, $bytes.Length); " +
        "$answer = [IO.StreamReader]::new($stream).ReadToEnd(); $client.Dispose(); if ($answer.EndsWith(\"\"\"`r`n`r`nhello`n\"\"\")) { $right++ }";

    private static IEnumerable<Contender> LargeBodies(string url, string file)
    {
        yield return new Command(
            Curl, "curl", $"--silent --noproxy * {url}/large.bin --output /dev/null --write-out \"seconds %{{time_total}}\\nright %{{size_download}}\"", Tool.ReadLines).AsContender();
        yield return InShell(Raw, $"$null = Invoke-RawHttp {url}/small.txt; {Clock}$r = Invoke-RawHttp {url}/large.bin -MaximumBytes 300MB -TimeoutMilliseconds 100000; {Elapsed}; 'right ' + $r.Body.Length");
        yield return InShell(
            ToFile,
            $"$null = Invoke-RawHttp {url}/small.txt -OutFile {file}; $me = [Diagnostics.Process]::GetCurrentProcess(); $before = $me.WorkingSet64; {Clock}$r = Invoke-RawHttp {url}/large.bin -OutFile {file} -TimeoutMilliseconds 100000; {Elapsed}; " +
            $"'right ' + (Get-Item {file}).Length; Remove-Item {file}; $me.Refresh(); 'grown ' + ($me.PeakWorkingSet64 - $before)");
        yield return InShell(Web, $"$ProgressPreference = 'SilentlyContinue'; {Clock}$r = Invoke-WebRequest {url}/large.bin; {Elapsed}; 'right ' + $r.RawContentLength") with { IsSlow = true };
    }

    private static IEnumerable<Contender> ManyRequests(string url)
    {
        yield return InShell(Separate, Loop($"if ((Invoke-RawHttp {url}/small.txt).StatusCode -eq 200) {{ $right++ }}", Requests));
        yield return InShell(InSequence, Several(url, "-Sequence"));
        yield return InShell(Pipelined, Several(url, "-Pipeline"));
    }

    // Once for the compiler, once for the clock.
    private static string Several(string url, string how) =>
        $"$all = @('/small.txt') * {Requests}; & {{ {Clock}while ($clock.ElapsedMilliseconds -lt {WarmMilliseconds}) {{ $r = Invoke-RawHttp {url} {how} $all }}; {Clock}$r = Invoke-RawHttp {url} {how} $all; {Elapsed}; 'right ' + @($r | Where-Object StatusCode -eq 200).Count }}";

    // The compiler makes faster code of what has run often, some seconds after it began.
    private static string Loop(string once, int times = Times, int warmMilliseconds = WarmMilliseconds) =>
        $"$ProgressPreference = 'SilentlyContinue'; & {{ $right = 0; {Clock}do {{ {once} }} while ($clock.ElapsedMilliseconds -lt {warmMilliseconds}); $right = 0; {Clock}for ($i = 0; $i -lt {times}; $i++) {{ {once} }}; {Elapsed}; 'right ' + $right }}";

    private static Contender InShell(string name, string script) =>
        new Command(name, "pwsh", $"-NoProfile -Command \"Import-Module '{Engine.Manifest}'; {script}\"", Tool.ReadLines).AsContender();

    private (Outcome Outcome, int Wrong) Judge(Func<Outcome> run, int wanted)
    {
        var outcome = run();
        if (outcome.States.TryGetValue("grown", out var grown))
            MegabytesGrown = Math.Max(MegabytesGrown ?? 0, long.Parse(grown, CultureInfo.InvariantCulture) / 1e6);
        return (outcome, outcome.States["right"] == wanted.ToString(CultureInfo.InvariantCulture) ? 0 : 1);
    }
}
