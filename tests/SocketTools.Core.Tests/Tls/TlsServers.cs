using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A server's certificate and what it sends with it.</summary>
internal sealed record ServerCertificate(X509Certificate2 Own, X509Certificate2[] Others)
{
    /// <summary>Writes the chain, the key, and both in one file.</summary>
    public void WriteTo(WebFiles files)
    {
        TestCertificate.WritePem(Own, Path.Combine(files.Folder, "own.pem"), Path.Combine(files.Folder, "key.pem"));
        var chain = string.Join('\n', Others.Prepend(Own).Select(static c => c.ExportCertificatePem())) + "\n";
        files.Write("chain.pem", chain);
        files.Write("both.pem", chain + File.ReadAllText(Path.Combine(files.Folder, "key.pem")));
    }
}

/// <summary>Web servers of this machine that speak TLS, with configurations of the test's own, on loopback.</summary>
internal static class TlsServers
{
    private const string LighttpdTls = "/usr/lib/lighttpd/mod_openssl.so";
    private const string ApacheTls = "/usr/lib/apache2/modules/mod_ssl.so";

    public static readonly string[] Names = ["nginx", "apache2", "lighttpd", "haproxy", "Kestrel"];

    /// <summary>Starts a server that speaks these versions; skips the test when it is not installed.</summary>
    public static async Task<WebServer> StartAsync(string name, WebFiles files, ServerCertificate certificate, SslProtocols versions, CancellationToken cancellation)
    {
        certificate.WriteTo(files);
        var (least, most) = (versions.HasFlag(SslProtocols.Tls12) ? 2 : 3, versions.HasFlag(SslProtocols.Tls13) ? 3 : 2);
        switch (name)
        {
            case "nginx":
                return new WebServer(await Daemon.StartAsync(name, port => ["-p", files.Folder, "-c", files.Write("nginx.conf", Nginx(port, least, most))], cancellation));
            case "apache2":
                Assert.SkipUnless(File.Exists(ApacheTls), "apache2 has no mod_ssl");
                return new WebServer(await Daemon.StartAsync(name, port => ["-X", "-d", files.Folder, "-f", files.Write("apache2.conf", Apache(port, files, least, most))], cancellation));
            case "lighttpd":
                Assert.SkipUnless(File.Exists(LighttpdTls), "lighttpd-mod-openssl is not installed");
                return new WebServer(await Daemon.StartAsync(name, port => ["-D", "-f", files.Write("lighttpd.conf", Lighttpd(port, files, least, most))], cancellation));
            case "haproxy":
                Tool.Require(name);
                var origin = await WebServers.NginxAsync(files, cancellation);
                return new WebServer(await Daemon.StartAsync(name, port => ["-db", "-f", files.Write("haproxy.cfg", Haproxy(port, origin.Port, files, least, most))], cancellation), origin);
            default:
                return new WebServer(await KestrelServer.StartAsync(
                    files.Html,
                    options =>
                    {
                        options.ServerCertificate = certificate.Own;
                        options.ServerCertificateChain = [.. certificate.Others];
                        options.SslProtocols = versions;
                    },
                    cancellation));
        }
    }

    private static string Versions(int least, int most, string prefix) => string.Join(' ', Enumerable.Range(least, most - least + 1).Select(minor => $"{prefix}TLSv1.{minor}"));

    private static string Nginx(int port, int least, int most) => $$"""
        daemon off; master_process off; pid nginx.pid; error_log stderr;
        events { worker_connections 64; }
        http {
          access_log off; default_type text/plain; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          server { listen 127.0.0.1:{{port}} ssl; root html; ssl_certificate chain.pem; ssl_certificate_key key.pem; ssl_protocols {{Versions(least, most, "")}}; }
        }
        """;

    private static string Apache(int port, WebFiles files, int least, int most) => $"""
        ServerName localhost
        Listen 127.0.0.1:{port}
        User www-data
        Group www-data
        PidFile {files.Folder}/apache2.pid
        ErrorLog {files.Folder}/apache2.log
        DefaultRuntimeDir {files.Folder}
        LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule ssl_module {ApacheTls}
        SSLEngine on
        SSLProtocol -all {Versions(least, most, "+")}
        SSLCertificateFile {files.Folder}/chain.pem
        SSLCertificateKeyFile {files.Folder}/key.pem
        SSLSessionCache none
        DocumentRoot {files.Html}
        <Directory {files.Html}>
          Require all granted
        </Directory>
        """;

    private static string Lighttpd(int port, WebFiles files, int least, int most) => $"""
        server.modules = ( "mod_staticfile", "mod_openssl" )
        server.document-root = "{files.Html}"
        server.bind = "127.0.0.1"
        server.port = {port}
        server.errorlog = "{files.Folder}/lighttpd.log"
        mimetype.assign = ( "" => "text/plain" )
        ssl.engine = "enable"
        ssl.pemfile = "{files.Folder}/chain.pem"
        ssl.privkey = "{files.Folder}/key.pem"
        ssl.openssl.ssl-conf-cmd = ( "MinProtocol" => "TLSv1.{least}", "MaxProtocol" => "TLSv1.{most}" )
        """;

    private static string Haproxy(int port, int origin, WebFiles files, int least, int most) => $"""
        defaults
          mode http
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        frontend web
          bind 127.0.0.1:{port} ssl crt {files.Folder}/both.pem ssl-min-ver TLSv1.{least} ssl-max-ver TLSv1.{most}
          default_backend origin
        backend origin
          server one 127.0.0.1:{origin}

        """;
}
