using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace SocketTools.Tests;

/// <summary>ASP.NET's server in this process, on loopback: files, and under <c>/stream/</c> the same without a length.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private KestrelServer(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.First()).Port;

    public static Task<KestrelServer> StartAsync(string folder, CancellationToken cancellation) => StartAsync(folder, null, cancellation);

    /// <summary>Starts it, over TLS when that is set up.</summary>
    public static async Task<KestrelServer> StartAsync(string folder, Action<HttpsConnectionAdapterOptions>? tls, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (tls is null)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(tls)));
        builder.Services.AddResponseCompression();
        var application = builder.Build();
        application.UseResponseCompression();
        application.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true });
        application.MapGet("/stream/{name}", async (HttpContext context, string name) =>
        {
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.SendFileAsync(Path.Combine(folder, name), context.RequestAborted);
        });
        await application.StartAsync(cancellation);
        return new KestrelServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
