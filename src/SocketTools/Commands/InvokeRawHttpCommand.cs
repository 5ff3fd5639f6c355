using System;
using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Sends HTTP requests on a socket and gives what came back, as it came.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RawHttp")]
[OutputType(typeof(RawHttpResponse))]
public sealed class InvokeRawHttpCommand : HttpCommand
{
    private static readonly string[] PartsOfRequest =
        [nameof(Method), nameof(Headers), nameof(Body), nameof(RequestTarget), nameof(HttpVersion), nameof(NoDefaultHeaders), nameof(MaximumRedirection)];

    private readonly RawHttpClient _client = new();
    private bool _hasFile;

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

    /// <summary>The body: text, sent as UTF-8, bytes, a file, or a stream.</summary>
    [Parameter]
    [HttpBodyArgument]
    public HttpBody? Body { get; set; }

    /// <summary>What the request line asks for, sent as it is.</summary>
    [Parameter]
    [RequestTargetArgument]
    public string? RequestTarget { get; set; }

    /// <summary>The version in the request line.</summary>
    [Parameter]
    [ValidateSet("1.0", "1.1")]
    public string HttpVersion { get; set; } = "1.1";

    /// <summary>Sends no header but those given.</summary>
    [Parameter]
    public SwitchParameter NoDefaultHeaders { get; set; }

    /// <summary>The whole request by hand, sent byte for byte.</summary>
    [Parameter]
    [BytesArgument]
    [ValidateNotNullOrEmpty]
    public byte[]? RawRequest { get; set; }

    /// <summary>Requests to send one after the other's answer over one connection.</summary>
    [Parameter]
    [HttpRequestsArgument]
    public object[]? Sequence { get; set; }

    /// <summary>Requests to send at once over one connection.</summary>
    [Parameter]
    [HttpRequestsArgument]
    public object[]? Pipeline { get; set; }

    /// <summary>How many redirections to follow.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRedirection { get; set; }

    /// <summary>Undoes gzip, deflate and br.</summary>
    [Parameter]
    public SwitchParameter Decompress { get; set; }

    /// <summary>Writes the body to a file as it comes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (RawRequest is not null && PartsOfRequest.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } part)
            ThrowTerminatingError(ErrorRecords.Contradiction($"-RawRequest is the whole request: leave out -{part}, or make the request from parts."));
        if (Sequence is not null && Pipeline is not null)
            ThrowTerminatingError(ErrorRecords.Contradiction("Give -Sequence (one after the other's answer) or -Pipeline (all at once)."));
        if ((Sequence ?? Pipeline) is not null && (OutFile is not null || MaximumRedirection > 0))
            ThrowTerminatingError(ErrorRecords.Contradiction("-OutFile and -MaximumRedirection are for one request, not for -Sequence and -Pipeline."));
        if (UnixSocket is not null && (Proxy is not null || ConnectTo is not null))
            ThrowTerminatingError(ErrorRecords.Contradiction("Give one of -UnixSocket, and -ConnectTo or -Proxy."));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(Uri, MyInvocation.ExpectingInput, Send);

    private void Send()
    {
        if (_hasFile)
            ThrowTerminatingError(ErrorRecords.Contradiction($"'{OutFile}' holds the body of one URL already, and -OutFile takes one: give each its own, as in ... | ForEach-Object {{ Invoke-RawHttp $_ -OutFile ... }}."));
        var request = new RawHttpRequest(Uri)
        {
            Method = Method,
            Target = RequestTarget,
            Headers = Headers,
            Body = Body,
            HttpVersion = HttpVersion == "1.0" ? RawHttpRequest.Version10 : RawHttpRequest.Version11,
            HasDefaultHeaders = !NoDefaultHeaders,
            Raw = RawRequest,
        };
        var options = OptionsFor(OutFile is null ? null : GetUnresolvedProviderPathFromPSPath(OutFile)) with { MaximumRedirection = MaximumRedirection, Decompress = Decompress };
        try
        {
            if ((Sequence ?? Pipeline) is { } all)
                _client.SendAll(RequestParts.Of(all, request), Pipeline is not null, options, Write, Cancellation);
            else
                Write(_client.Send(request, options, Cancellation));
        }
        catch (FormatException error)
        {
            ThrowTerminatingError(ErrorRecords.Contradiction(error.Message));
        }
    }

    private void Write(RawHttpResponse response)
    {
        _hasFile = OutFile is not null;
        if (response.Connection is { } connection)
            SessionObjects.Add(connection);
        Give(response);
    }
}
