using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Connects, sends, receives and closes, for many hosts at once; or sends and receives on an open connection.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SocketRequest", DefaultParameterSetName = HostParameterSet)]
[OutputType(typeof(SocketReply))]
public sealed class InvokeSocketRequestCommand : ConnectingCommand
{
    private const string OpenParameterSet = "Connection";

    private readonly List<Task> _underWay = [];
    private SocketConnector? _connector;
    private SocketRequest _request = null!;

    /// <summary>An open connection, which stays open.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OpenParameterSet)]
    public SocketConnection Connection { get; set; } = null!;

    /// <summary>What to send.</summary>
    [Parameter(Position = 2, ParameterSetName = HostParameterSet)]
    [Parameter(Position = 0, ParameterSetName = OpenParameterSet)]
    [Parameter(Position = 0, ParameterSetName = UnixParameterSet)]
    public object? InputObject { get; set; }

    /// <summary>The bytes to send, as hexadecimal numbers.</summary>
    [Parameter]
    [HexArgument]
    public byte[]? HexString { get; set; }

    /// <summary>Sends a line, and receives a line.</summary>
    [Parameter]
    public SwitchParameter Line { get; set; }

    /// <summary>What ends the text that is sent.</summary>
    [Parameter]
    public LineEnd? NewLine { get; set; }

    /// <summary>Receives up to a delimiter or a match, and with it.</summary>
    [Parameter]
    [EndMarkArgument]
    public object? Until { get; set; }

    /// <summary>Receives so many bytes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Length { get; set; }

    /// <summary>Receives until the peer has said all.</summary>
    [Parameter]
    public SwitchParameter ToEnd { get; set; }

    /// <summary>What text is sent and received in.</summary>
    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>The largest answer to take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumBytes { get; set; } = ReceiveRules.DefaultMaximumBytes;

    /// <summary>At most so many hosts at once.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if ((Line ? 1 : 0) + (Until is null ? 0 : 1) + (Length is null ? 0 : 1) + (ToEnd ? 1 : 0) > 1)
            ThrowTerminatingError(ErrorRecords.Contradiction("Give one of -Line, -Until, -Length and -ToEnd: each says where the answer ends. -NewLine says what is sent after the text."));
        if (InputObject is not null && HexString is not null)
            ThrowTerminatingError(ErrorRecords.Contradiction("Give -InputObject or -HexString."));
        if (ParameterSetName == OpenParameterSet && (SourceAddress is not null || MyInvocation.BoundParameters.ContainsKey(nameof(Protocol))))
            ThrowTerminatingError(ErrorRecords.Contradiction("-Protocol and -SourceAddress are for a new connection; the one that is given has its own."));
        var bytes = HexString ?? (InputObject is null ? [] : OutgoingData.BytesOf(InputObject, Encoding, OutgoingData.NewLineOf(Line, NewLine)));
        _request = new SocketRequest(
            bytes, () => ReceiveRules.Of(Line, Until, Length, ToEnd, Encoding, TimeoutMilliseconds), Math.Max(MaximumBytes, Length ?? 0), Encoding);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == OpenParameterSet)
            AskHere();
        else
            foreach (var options in Targets(Options))
            {
                AwaitRoom(_underWay, ThrottleLimit);
                _underWay.Add(AskAsync(options, HasManyTargets));
            }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_underWay.Count > 0)
            Await(Task.WhenAll(_underWay));
    }

    /// <inheritdoc/>
    /// <remarks>What ran here has ended.</remarks>
    protected override void Dispose(bool disposing)
    {
        if (_underWay.Count > 0)
            base.Dispose(disposing);
    }

    // On the pipeline's thread: see ConnectionCmdlet.
    private void AskHere()
    {
        var milliseconds = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutMilliseconds)) ? TimeoutMilliseconds : Connection.TimeoutMilliseconds;
        RunHere(() => WriteObject(_request.Run(Connection, isNew: false, milliseconds, Cancellation)), Connection);
    }

    private async Task AskAsync(ConnectOptions options, bool isOneOfMany)
    {
        try
        {
            using var connection = await (_connector ??= new SocketConnector()).ConnectAsync(options, Cancellation).ConfigureAwait(false);
            var left = Math.Max(1, TimeoutMilliseconds - (int)connection.ConnectMs);
            var reply = await BlockingCall.Start(() => _request.Run(connection, isNew: true, left, Cancellation), CancellationToken.None).Result.ConfigureAwait(false);
            await Output.WriteAsync(reply).ConfigureAwait(false);
        }
        catch (SocketToolsException error) when (isOneOfMany)
        {
            // One of several hosts: the others still have their answer.
            Output.Error(ErrorRecords.Of(error, options.Target));
        }
    }
}
