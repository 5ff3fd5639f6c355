using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Debian's nginx on loopback, with a configuration of its own: plain and TLS ports, files, bodies without a
/// length under <c>/stream/</c>, and statuses without a body.</summary>
public sealed class NginxServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("socket-tools-nginx-").FullName;
    private Process? _process;
    private Task<string> _log = Task.FromResult("");

    public int Port { get; private set; }

    public int TlsPort { get; private set; }

    public string Files => Path.Combine(_folder, "html");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/sbin/nginx"))
            return;
        Directory.CreateDirectory(Files);
        using var certificate = TestCertificate.SelfSigned("localhost");
        TestCertificate.WritePem(certificate, Path.Combine(_folder, "cert.pem"), Path.Combine(_folder, "key.pem"));
        // Another program may take a port between its choice and nginx's bind.
        for (var attempt = 0; attempt < 5 && !await TryStartAsync(); attempt++)
        {
        }
        Assert.NotNull(_process);
    }

    /// <summary>Skips the test where there is no nginx.</summary>
    public void Require() => Assert.SkipWhen(_process is null, "nginx is not installed");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            await _log;
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> TryStartAsync()
    {
        (Port, TlsPort) = FreePorts();
        var configuration = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration());
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", _folder, "-c", configuration]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            // Logged once the ports are bound.
            if (!line.Contains("event method", StringComparison.Ordinal))
                continue;
            _process = process;
            _log = process.StandardError.ReadToEndAsync();
            return true;
        }
        await process.WaitForExitAsync();
        process.Dispose();
        return false;
    }

    private string Configuration() => $$"""
        daemon off; master_process off; pid nginx.pid; error_log stderr notice;
        events { worker_connections 256; }
        http {
          access_log off; default_type application/octet-stream;
          client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          server {
            listen 127.0.0.1:{{Port}}; listen 127.0.0.1:{{TlsPort}} ssl; server_name localhost;
            ssl_certificate cert.pem; ssl_certificate_key key.pem;
            root html;
            location /stream/ { alias html/; ssi on; ssi_types *; }
            location = /204 { return 204; }
            location = /304 { return 304; }
            location = /repeated { add_header X-Twice one; add_header X-Twice two; return 200 "both"; }
          }
        }
        """;

    private static (int, int) FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }
}
