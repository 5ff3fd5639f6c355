using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Debian's dnsmasq on loopback with zones of the test's own: example.test, and auth.test, of which it is the authority.
/// It asks nobody else, and refuses what is not in test.</summary>
public sealed class DnsmasqServer : IAsyncLifetime
{
    /// <summary>How many names h0.example.test, h1.example.test, ... there are.</summary>
    public const int Hosts = 10_000;

    private const string Program = "/usr/sbin/dnsmasq";
    private const int ManyAddresses = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-dnsmasq-").FullName;
    private Process? _process;

    public IPEndPoint EndPoint { get; private set; } = null!;

    /// <summary>The address of one of the many names.</summary>
    public static string AddressOf(int host) => $"127.1.{host / 256}.{host % 256}";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        await File.WriteAllLinesAsync(Path.Combine(_folder, "zone"), Zone());
        // Another program may take a port between its choice and dnsmasq's bind.
        for (var attempt = 0; attempt < 5 && !await TryStartAsync(); attempt++)
        {
        }
        Assert.NotNull(_process);
    }

    /// <summary>Skips the test where there is no dnsmasq.</summary>
    public void Require() => Assert.SkipWhen(_process is null, "dnsmasq is not installed");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> TryStartAsync()
    {
        EndPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var process = Process.Start(new ProcessStartInfo(Program,
        [
            "--keep-in-foreground", "--pid-file=", "--log-facility=-", $"--conf-file={Path.Combine(_folder, "zone")}", "--no-resolv", "--no-hosts",
            $"--user={Environment.UserName}", $"--port={EndPoint.Port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--local=/test/",
            "--auth-server=ns.auth.test,127.0.0.2", "--auth-zone=auth.test", "--auth-soa=7,root.auth.test,100,200,300",
        ])
        { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            // Logged once the port is bound.
            if (!line.Contains("started", StringComparison.Ordinal))
                continue;
            _ = process.StandardError.ReadToEndAsync();
            _process = process;
            return true;
        }
        await process.WaitForExitAsync();
        process.Dispose();
        return false;
    }

    private static IEnumerable<string> Zone() =>
    [
        .. Enumerable.Range(0, Hosts).Select(static host => $"host-record=h{host}.example.test,{AddressOf(host)}"),
        .. Enumerable.Range(1, ManyAddresses).Select(static host => $"address=/many.example.test/127.2.{host / 256}.{host % 256}"),
        "host-record=web.example.test,127.0.0.10,::1,300",
        "cname=alias.example.test,web.example.test",
        "cname=www.example.test,alias.example.test",
        "mx-host=example.test,mx1.example.test,10",
        "mx-host=example.test,mx2.example.test,20",
        "srv-host=_ldap._tcp.example.test,h1.example.test,389,5,7",
        "txt-record=example.test,v=spf1 -all,second",
        "caa-record=example.test,0,issue,ca.example.test",
        "host-record=xn--bcher-kva.example.test,127.0.0.11",
        "host-record=ns.auth.test,127.0.0.12",
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
