using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Web servers and proxies of this machine, with configurations of the test's own, on loopback.</summary>
internal static class WebServers
{
    public static readonly string[] Names = ["nginx", "apache2", "lighttpd", "haproxy", "squid", "http.server", "http.server 1.1", "Kestrel"];

    /// <summary>Starts a server that serves the files; skips the test when it is not installed.</summary>
    public static async Task<WebServer> StartAsync(string name, WebFiles files, CancellationToken cancellation) => name switch
    {
        "nginx" => new WebServer(await NginxAsync(files, cancellation)),
        "apache2" => new WebServer(await Daemon.StartAsync("apache2", port => ["-X", "-d", files.Folder, "-f", files.Write("apache2.conf", Apache(port, files))], cancellation)),
        "lighttpd" => new WebServer(await Daemon.StartAsync("lighttpd", port => ["-D", "-f", files.Write("lighttpd.conf", Lighttpd(port, files))], cancellation)),
        "haproxy" => await BehindAsync("haproxy", files, (port, origin) => ["-db", "-f", files.Write("haproxy.cfg", Haproxy(port, origin))], cancellation),
        "squid" => await BehindAsync("squid", files, (port, origin) => ["-N", "-n", SquidName, "-f", files.Write("squid.conf", Squid(port, origin, files))], cancellation),
        "http.server" => new WebServer(await Daemon.StartAsync("python3", port => Python(port, files, "HTTP/1.0"), cancellation)),
        "http.server 1.1" => new WebServer(await Daemon.StartAsync("python3", port => Python(port, files, "HTTP/1.1"), cancellation)),
        _ => new WebServer(await KestrelServer.StartAsync(files.Html, cancellation)),
    };

    public static Task<Daemon> NginxAsync(WebFiles files, CancellationToken cancellation) =>
        Daemon.StartAsync("nginx", port => ["-p", files.Folder, "-c", files.Write("nginx.conf", Nginx(port))], cancellation);

    private static async Task<WebServer> BehindAsync(string program, WebFiles files, Func<int, int, IEnumerable<string>> arguments, CancellationToken cancellation)
    {
        Tool.Require(program);
        var origin = await NginxAsync(files, cancellation);
        return new WebServer(await Daemon.StartAsync(program, port => arguments(port, origin.Port), cancellation), origin);
    }

    private static string[] Python(int port, WebFiles files, string version) =>
        ["-m", "http.server", $"{port}", "--bind", "127.0.0.1", "--directory", files.Html, "--protocol", version];

    private static string Nginx(int port) => $$"""
        daemon off; master_process off; pid nginx.pid; error_log stderr;
        events { worker_connections 256; }
        http {
          access_log off; default_type application/octet-stream; types { text/plain txt; }
          client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          gzip on; gzip_http_version 1.0; gzip_proxied any; gzip_types text/plain; keepalive_requests 100000;
          server { listen 127.0.0.1:{{port}}; root html; }
        }
        """;

    private static string Apache(int port, WebFiles files) => $"""
        ServerName localhost
        Listen 127.0.0.1:{port}
        User www-data
        Group www-data
        PidFile {files.Folder}/apache2.pid
        ErrorLog {files.Folder}/apache2.log
        DefaultRuntimeDir {files.Folder}
        LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
        LoadModule filter_module /usr/lib/apache2/modules/mod_filter.so
        LoadModule deflate_module /usr/lib/apache2/modules/mod_deflate.so
        {(File.Exists("/usr/lib/apache2/modules/mod_brotli.so") ? "LoadModule brotli_module /usr/lib/apache2/modules/mod_brotli.so" : "")}
        TypesConfig /dev/null
        AddType text/plain .txt
        AddOutputFilterByType {(File.Exists("/usr/lib/apache2/modules/mod_brotli.so") ? "BROTLI_COMPRESS;DEFLATE" : "DEFLATE")} text/plain
        DocumentRoot {files.Html}
        <Directory {files.Html}>
          Require all granted
        </Directory>
        """;

    private static string Lighttpd(int port, WebFiles files) => $"""
        server.modules = ( "mod_staticfile"{(File.Exists("/usr/lib/lighttpd/mod_deflate.so") ? ", \"mod_deflate\"" : "")} )
        server.document-root = "{files.Html}"
        server.bind = "127.0.0.1"
        server.port = {port}
        server.errorlog = "{files.Folder}/lighttpd.log"
        mimetype.assign = ( ".txt" => "text/plain", "" => "application/octet-stream" )
        deflate.mimetypes = ( "text/plain" )
        deflate.allowed-encodings = ( "deflate", "gzip" )
        """;

    /// <summary>What squid calls the memory that it shares, so that no other one is in its way.</summary>
    public const string SquidName = "sockettools";

    private static string Haproxy(int port, int origin) => $"""
        defaults
          mode http
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        frontend web
          bind 127.0.0.1:{port}
          default_backend origin
        backend origin
          compression algo gzip
          compression type text/plain
          compression offload
          server one 127.0.0.1:{origin}

        """;

    /// <summary>squid's configuration as a proxy to anywhere on loopback.</summary>
    public static string ForwardProxy(int port, WebFiles files) => $"""
        http_port 127.0.0.1:{port}
        acl here dst 127.0.0.0/8
        http_access allow here
        http_access deny all
        {Squid(files)}
        """;

    private static string Squid(int port, int origin, WebFiles files) => $"""
        http_port 127.0.0.1:{port} accel defaultsite=localhost no-vhost
        cache_peer 127.0.0.1 parent {origin} 0 no-query no-digest originserver name=origin
        http_access allow all
        {Squid(files)}
        """;

    private static string Squid(WebFiles files) => $"""
        cache deny all
        access_log none
        cache_log {files.Folder}/squid.log
        cache_store_log none
        pid_filename {files.Folder}/squid.pid
        coredump_dir {files.Folder}
        visible_hostname localhost
        dns_nameservers 127.0.0.1
        pinger_enable off
        shutdown_lifetime 0 seconds

        """;
}

/// <summary>A server, and the one behind it if there is one.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly object _server;
    private readonly Daemon? _origin;

    public WebServer(Daemon server, Daemon? origin = null)
        : this(server, server.Port) => _origin = origin;

    public WebServer(KestrelServer server)
        : this(server, server.Port)
    {
    }

    private WebServer(object server, int port)
    {
        _server = server;
        Port = port;
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        if (_server is KestrelServer kestrel)
            await kestrel.DisposeAsync();
        else
            ((Daemon)_server).Dispose();
        _origin?.Dispose();
    }
}
