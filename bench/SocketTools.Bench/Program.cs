using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using SocketTools.Bench;

// dotnet run -c Release --project bench/SocketTools.Bench [-- [ROUNDS] [loopback] [session] [link] [names] [client] [http] [servers] [slow] [row=NAME]]: side by side, by turns,
// in one run; medians, ratios and wrong answers. Without a scene's name all of them run; slow adds, once, what takes a minute; row sets
// only one server beside the limit in the scene servers.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
if (args is ["run", var command])
{
    Engine.RunAndPrint(command);
    return;
}
var rounds = args.Select(static a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).Append(0).Max() is > 0 and var given ? given : 5;
var withSlow = args.Contains("slow");
var row = args.FirstOrDefault(static a => a.StartsWith("row=", StringComparison.Ordinal))?[4..];

Race? ports = null, fewPorts = null, hosts = null;
if (IsWanted("loopback"))
{
    List<Socket> listeners = [Listen(8000), Listen(8123), Listen(8999), Listen(30303), Listen(65000)];
    ports = new LoopbackScene("65,535 ports of one loopback address", "127.0.0.1", 1, 1, 65535).Run(rounds);
    fewPorts = new LoopbackScene("1,000 ports of one loopback address", "127.0.0.1", 1, 8000, 1000).Run(rounds);
    hosts = new LoopbackScene("1 port of 65,536 loopback addresses", "127.1.0.0", 65536, 8000, 1).Run(rounds);
    listeners.ForEach(static listener => listener.Dispose());
}
var session = IsWanted("session") ? new Session().Run(rounds) : null;
Dictionary<int, Race> links = [];
if (IsWanted("link"))
{
    foreach (var scene in (LinkScene[])[new(0), new(1), new(5)])
        links[scene.LossPercent] = scene.Run(rounds, withSlow && scene.LossPercent == 1);
}
var names = IsWanted("names") ? new NamesScene().Run(rounds) : null;
var client = IsWanted("client") ? new ClientScene().Run(rounds) : null;
var http = IsWanted("http") ? new HttpScene().Run(rounds) : null;
Race? small = null, large = null, datagrams = null;
if (IsWanted("servers"))
{
    small = new ServersScene("echo, 64 connections x 64 bytes, 150,000 messages", "tcp", 64, 64, 150_000, row).Run(rounds);
    large = new ServersScene("echo, 8 connections x 64 KiB, 40,000 messages", "tcp", 8, 65536, 40_000, row).Run(rounds);
    datagrams = new ServersScene("echo over UDP, 8 clients x 64 bytes, 100,000 messages", "udp", 8, 64, 100_000, row).Run(rounds);
}

var nmap = $"nmap {LoopbackScene.FastestNmap}";
Promises.PrintHeading();
Promises.Print("65,535 ports: engine to the limit", ports?.Ratio(Engine.Name, LimitProgram.Name), 1.1, "x");
Promises.Print("65,535 ports: portable sockets to the limit", ports?.Ratio(Portable.Name, LimitProgram.Name), 2, "x");
Promises.Print("65,535 ports: engine to nmap at its fastest", ports?.Ratio(Engine.Name, nmap), 0.6, "x");
Promises.Print("65,535 ports in pwsh: all rows after those of the open ports", session?.SecondsOfRows, 0.4, "s");
Promises.Print("65,535 ports in pwsh: working set over an idle pwsh", session?.MegabytesOfRows, 150, "MB");
Promises.Print("1,000 ports: engine to nmap", fewPorts?.Ratio(Engine.Name, nmap), 1, "x");
Promises.Print("65,536 hosts: engine to its scan of 65,535 ports", hosts?.Seconds(Engine.Name) / ports?.Seconds(Engine.Name), 1.1, "x");
Promises.Print("65,536 hosts in pwsh: growth of the working set", session?.MegabytesOfHosts, 30, "MB");
Promises.Print("1 % lost: engine", links.GetValueOrDefault(1)?.Seconds(Engine.Name), 1.5, "s");
Promises.Print("5 % lost: engine", links.GetValueOrDefault(5)?.Seconds(Engine.Name), 4, "s");
Promises.Print("10,000 names in pwsh: Resolve-HostInfo to dig -f", names?.Ratio(Shell.Name, NamesScene.Dig), 0.5, "x");
Promises.Print("10,000 replies in pwsh: Send- and Receive-SocketData to Python", client?.Ask?.Ratio(ClientScene.TwoCalls, ClientScene.Python), 2, "x");
Promises.Print("10,000 replies in pwsh: Invoke-SocketRequest to Python", client?.Ask?.Ratio(ClientScene.OneCall, ClientScene.Python), 1.5, "x");
Promises.Print("10,000 replies: the core to Python", client?.Ask?.Ratio(ClientScene.Core, ClientScene.Python), 1, "x");
Promises.Print("1 GiB to a file in pwsh: Receive-SocketData to ncat", client?.Receive?.Ratio(ClientScene.ToFile, ClientScene.Ncat), 1 / 0.8, "x");
Promises.Print("1 GiB to a file in pwsh: growth of the working set", client?.MegabytesGrown, 30, "MB");
Promises.Print("small page, new connection: the core to Python", http?.Small?.Ratio(HttpScene.Core, HttpScene.Python), 1.2, "x");
Promises.Print("small page, new connection: engine in process to Python", http?.Small?.Ratio(Engine.Name, HttpScene.Python), 1.2, "x");
Promises.Print("small page in pwsh: Invoke-RawHttp to Invoke-WebRequest", http?.Small?.Ratio(HttpScene.Raw, HttpScene.Web), 0.35, "x");
Promises.Print("200 MB in pwsh: Invoke-RawHttp to curl", http?.Large?.Ratio(HttpScene.Raw, HttpScene.Curl), 3, "x");
Promises.Print("200 MB to a file in pwsh: growth of the working set", http?.MegabytesGrown, 30, "MB");
Promises.Print("1,000 requests in pwsh: in a pipeline to a connection each", http?.Many?.Ratio(HttpScene.Pipelined, HttpScene.Separate), 0.2, "x");
Promises.Print("64 x 64 B: Start-EchoServer to the limit", small?.Ratio(ServersScene.Ours, ServersScene.Limit), 1 / 0.85, "x");
Promises.Print("64 x 64 B: Start-EchoServer to the best of the others", small is null ? null : ServersScene.RatioToBest(small), 1 / 1.3, "x");
Promises.Print("8 x 64 KiB: Start-EchoServer to the limit", large?.Ratio(ServersScene.Ours, ServersScene.Limit), 1 / 0.9, "x");
Promises.Print("UDP: Start-EchoServer to the limit", datagrams?.Ratio(ServersScene.Ours, ServersScene.Limit), 1 / 0.6, "x");
Promises.Print("all scenes: wrong answers of ours", WrongAnswers(), 0, "");

// A scene runs when it is named, or when none is.
bool IsWanted(string scene) => args.Contains(scene) || !args.Any(static a => a is "loopback" or "session" or "link" or "names" or "client" or "http" or "servers");

double? WrongAnswers() =>
    (from race in new[] { ports, fewPorts, hosts, names, client?.Ask, client?.Receive, http?.Small, http?.Fresh, http?.Large, http?.Many, small, large, datagrams }.Concat(links.Values)
     from name in new[] { Engine.Name, Shell.Name, Portable.Name, ClientScene.Core, ClientScene.TwoCalls, ClientScene.OneCall, ClientScene.ToFile, HttpScene.Raw, HttpScene.ToFile, HttpScene.InSequence, HttpScene.Pipelined, HttpScene.Separate, ServersScene.Ours, ServersScene.OnStreams }
     select (double?)race?.Wrong(name)).Where(static wrong => wrong is not null).Aggregate((double?)null, static (sum, wrong) => (sum ?? 0) + wrong);

static Socket Listen(int port)
{
    var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
    listener.Listen(512);
    return listener;
}
