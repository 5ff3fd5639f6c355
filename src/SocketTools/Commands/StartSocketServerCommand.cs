using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Starts a server to talk to.</summary>
[Cmdlet(VerbsLifecycle.Start, "SocketServer", SupportsShouldProcess = true, DefaultParameterSetName = HandlerSet)]
[OutputType(typeof(SocketServer))]
public sealed class StartSocketServerCommand : ListeningCommand
{
    private const string HandlerSet = "Handler";
    private const string ScriptSet = "Script";
    private const string ForwardSet = "Forward";

    /// <summary>What the server does with its clients.</summary>
    [Parameter(Position = 1, ParameterSetName = HandlerSet)]
    public ServerHandlerKind Handler { get; set; } = ServerHandlerKind.Echo;

    /// <summary>What it replies.</summary>
    [Parameter(ParameterSetName = HandlerSet)]
    [BytesArgument]
    public byte[]? Reply { get; set; }

    /// <summary>When it replies.</summary>
    [Parameter(ParameterSetName = HandlerSet)]
    public ReplyPer Per { get; set; } = ReplyPer.Line;

    /// <summary>The status of every HTTP response.</summary>
    [Parameter(ParameterSetName = HandlerSet)]
    [ValidateRange(200, 999)]
    public int? StatusCode { get; set; }

    /// <summary>The headers of every HTTP response.</summary>
    [Parameter(ParameterSetName = HandlerSet)]
    [HttpHeadersArgument]
    public RawHttpHeaders? Header { get; set; }

    /// <summary>The body of every HTTP response.</summary>
    [Parameter(ParameterSetName = HandlerSet)]
    [BytesArgument]
    public byte[]? Body { get; set; }

    /// <summary>What serves each connection.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ScriptSet)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>What the script is given beside the connection.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    public object?[] ArgumentList { get; set; } = [];

    /// <summary>At most so many connections at once run the script; others wait.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>The server that each connection is passed on to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForwardSet)]
    [EndPointArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostTarget ForwardTo { get; set; } = null!;

    private protected override ServerHandler OpenHandler() => ParameterSetName switch
    {
        ScriptSet => new ServerScript(ScriptBlock, ArgumentList, ThrottleLimit).ToHandler(),
        ForwardSet => new ForwardHandler(ForwardTo),
        _ => OpenHandler(HandlerMeant()),
    };

    private ServerHandler OpenHandler(ServerHandlerKind kind) => kind switch
    {
        ServerHandlerKind.Discard => new DiscardHandler(),
        ServerHandlerKind.Daytime => new DaytimeHandler(),
        ServerHandlerKind.Reply => new ReplyHandler(Reply ?? [], Per),
        ServerHandlerKind.Http => new HttpHandler(StatusCode is null && Header is null && Body is null ? null : new HttpAnswer
        {
            Status = StatusCode ?? 200,
            Headers = [.. (Header ?? RawHttpHeaders.Empty).Select(static header => new KeyValuePair<string, string>(header.Name, header.Value))],
            Body = Body ?? [],
        }),
        ServerHandlerKind.Accept => new AcceptHandler(),
        _ => new EchoHandler(),
    };

    // What only one handler takes says which is meant.
    private ServerHandlerKind HandlerMeant()
    {
        var isHttp = StatusCode is not null || Header is not null || Body is not null;
        var meant = isHttp ? ServerHandlerKind.Http : Reply is not null ? ServerHandlerKind.Reply : Handler;
        var isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Handler));
        if ((isHttp && Reply is not null) || (isGiven && meant != Handler))
            ThrowTerminatingError(ErrorRecords.Contradiction("-Reply is for the handler Reply, and -StatusCode, -Header and -Body are for Http."));
        if (meant == ServerHandlerKind.Reply && Reply is null)
            ThrowTerminatingError(ErrorRecords.Contradiction("The handler Reply needs -Reply: text, which is sent as UTF-8, or bytes."));
        return meant;
    }
}
