using System;
using System.Management.Automation;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Sends an HTTP request on a socket and gives what came back, as it came.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RawHttp")]
[OutputType(typeof(RawHttpResponse))]
public sealed class InvokeRawHttpCommand : AsyncCmdlet
{
    private readonly RawHttpClient _client = new();

    /// <summary>The URL; a host without a scheme is asked over http.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Url")]
    [HttpUrlArgument]
    public Uri Uri { get; set; } = null!;

    /// <summary>The method, sent in the case given.</summary>
    [Parameter]
    [HttpMethodArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HttpMethodCompleter))]
    public string Method { get; set; } = "GET";

    /// <summary>The headers: a dictionary whose values may be lists, or lines 'Name: value'.</summary>
    [Parameter]
    [HttpHeadersArgument]
    public RawHttpHeaders Headers { get; set; } = RawHttpHeaders.Empty;

    /// <summary>The body: text, sent as UTF-8, or bytes.</summary>
    [Parameter]
    [BytesArgument]
    public byte[]? Body { get; set; }

    /// <summary>The version in the request line.</summary>
    [Parameter]
    [ValidateSet("1.0", "1.1")]
    public string HttpVersion { get; set; } = "1.1";

    /// <summary>Sends no header but those given.</summary>
    [Parameter]
    public SwitchParameter NoDefaultHeaders { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>How long everything may take, name resolution included.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = RawHttpOptions.DefaultTimeoutMilliseconds;

    /// <summary>The largest body to take.</summary>
    [Parameter]
    [ValidateRange(0, RawHttpOptions.LargestMaximumBytes)]
    public int MaximumBytes { get; set; } = RawHttpOptions.DefaultMaximumBytes;

    /// <summary>Connects to IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Connects to IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = new RawHttpRequest(Uri)
        {
            Method = Method,
            Headers = Headers,
            Body = Body,
            HttpVersion = Version.Parse(HttpVersion),
            HasDefaultHeaders = !NoDefaultHeaders,
        };
        var options = new RawHttpOptions
        {
            TimeoutMilliseconds = TimeoutMilliseconds,
            MaximumBytes = MaximumBytes,
            SkipCertificateCheck = SkipCertificateCheck,
            Family = AddressFamilySwitches.Of(IPv4, IPv6),
        };
        Await(SendAsync(request, options));
    }

    private async Task SendAsync(RawHttpRequest request, RawHttpOptions options)
    {
        try
        {
            await Output.WriteAsync(await _client.SendAsync(request, options, Cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (SocketToolsException error) when (MyInvocation.ExpectingInput)
        {
            // One of several piped URLs: the others still have their turn.
            Output.Error(ErrorRecords.Of(error, request.Uri));
        }
    }
}
