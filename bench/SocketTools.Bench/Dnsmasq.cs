using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Bench;

/// <summary>Debian's dnsmasq on loopback with a zone of names that have one address each. It asks nobody else.</summary>
internal sealed class Dnsmasq : IDisposable
{
    private const string Program = "/usr/sbin/dnsmasq";

    private readonly string _folder = Directory.CreateTempSubdirectory("sockettools-bench-").FullName;
    private readonly Process _process;

    public Dnsmasq(IReadOnlyDictionary<string, string> addresses)
    {
        Port = FreePort();
        Names = Write("names", addresses.Keys);
        Questions = Write("questions", addresses.Keys.Select(static name => name + " A"));
        var zone = Write("zone", addresses.Select(static host => $"host-record={host.Key},{host.Value}"));
        _process = Process.Start(new ProcessStartInfo(Program,
        [
            "--keep-in-foreground", "--pid-file=", "--log-facility=-", $"--conf-file={zone}", "--no-resolv", "--no-hosts", "--local=/test/",
            $"--user={Environment.UserName}", $"--port={Port}", "--listen-address=127.0.0.1", "--bind-interfaces",
        ])
        { RedirectStandardError = true })!;
        while (_process.StandardError.ReadLine() is { } line && !line.Contains("cleared cache", StringComparison.Ordinal))
        {
        }
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => File.Exists(Program) ? null : "dnsmasq is not installed";

    public int Port { get; }

    /// <summary>A file with a name a line.</summary>
    public string Names { get; }

    /// <summary>A file with a name and a type a line, as dnsperf reads it.</summary>
    public string Questions { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
