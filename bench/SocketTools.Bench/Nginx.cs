using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Bench;

/// <summary>Debian's nginx on loopback with a small page and a large file.</summary>
internal sealed class Nginx : IDisposable
{
    private const string Program = "/usr/sbin/nginx";

    // What is measured is the socket, not the disk.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sockettools-bench-nginx-{Environment.ProcessId}")).FullName;

    private readonly Process _process;

    public Nginx(int bytes)
    {
        Port = FreePort();
        File.WriteAllText(Path.Combine(_folder, "small.txt"), "hello\n");
        var large = new byte[bytes];
        new Random(1).NextBytes(large);
        File.WriteAllBytes(Path.Combine(_folder, "large.bin"), large);
        var configuration = Path.Combine(_folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off; master_process off; pid nginx.pid; error_log stderr notice;
            events { worker_connections 256; }
            http {
              access_log off; default_type text/plain; keepalive_requests 1000000; sendfile on;
              client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
              server { listen 127.0.0.1:{{Port}}; root {{_folder}}; }
            }
            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["-p", _folder, "-c", configuration]) { RedirectStandardError = true })!;
        while (_process.StandardError.ReadLine() is { } line && !line.Contains("event method", StringComparison.Ordinal))
        {
        }
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => File.Exists(Program) ? null : "nginx is not installed";

    public int Port { get; }

    /// <summary>A file of the benchmark's own beside what is served.</summary>
    public string Beside(string name) => Path.Combine(_folder, name);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
