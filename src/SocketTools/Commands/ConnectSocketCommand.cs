using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Opens connections that stay open.</summary>
[Cmdlet(VerbsCommunications.Connect, "Socket", DefaultParameterSetName = HostParameterSet)]
[OutputType(typeof(SocketConnection))]
public sealed class ConnectSocketCommand : ConnectingCommand
{
    private const string LocalParameterSet = "Local";

    private readonly SocketConnector _connector = new();

    /// <summary>The port of a UDP socket without a peer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalParameterSet)]
    [ListenPortArgument]
    public int LocalPort { get; set; }

    /// <summary>The port to send from.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [ValidateRange(0, 65535)]
    public int SourcePort { get; set; }

    /// <summary>Whether small pieces are sent at once (TCP_NODELAY).</summary>
    [Parameter]
    public bool NoDelay { get; set; } = true;

    /// <summary>Lets the system probe a silent peer.</summary>
    [Parameter]
    public SwitchParameter KeepAlive { get; set; }

    /// <summary>How long closing waits for what is not yet sent.</summary>
    [Parameter]
    [ValidateRange(0, 32767)]
    public int? LingerSeconds { get; set; }

    /// <summary>The system's buffer for what comes, in bytes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ReceiveBufferSize { get; set; }

    /// <summary>The system's buffer for what goes, in bytes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? SendBufferSize { get; set; }

    /// <summary>Allows datagrams to all of a network.</summary>
    [Parameter]
    public SwitchParameter Broadcast { get; set; }

    /// <summary>Takes the datagrams of a group.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? MulticastGroup { get; set; }

    /// <summary>Keeps what goes both ways.</summary>
    [Parameter]
    public SwitchParameter Transcript { get; set; }

    private ConnectOptions AllOptions => Options with
    {
        Protocol = ParameterSetName == LocalParameterSet ? TransportProtocol.Udp : Protocol,
        Setup = new SocketSetup
        {
            Source = SourceAddress,
            SourcePort = ParameterSetName == LocalParameterSet ? LocalPort : SourcePort,
            NoDelay = NoDelay,
            KeepAlive = KeepAlive,
            LingerSeconds = LingerSeconds,
            ReceiveBufferSize = ReceiveBufferSize,
            SendBufferSize = SendBufferSize,
        },
        Broadcast = Broadcast,
        MulticastGroup = MulticastGroup,
        TranscriptBytes = Transcript ? SocketTranscript.DefaultMaximumBytes : null,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var isUdp = ParameterSetName == LocalParameterSet || Protocol == TransportProtocol.Udp;
        if ((Broadcast || MulticastGroup is not null) && !(isUdp && ParameterSetName != UnixParameterSet))
            ThrowTerminatingError(ErrorRecords.Contradiction("-Broadcast and -MulticastGroup need -Protocol Udp, and a host or -LocalPort."));
        if (ParameterSetName == LocalParameterSet && Protocol == TransportProtocol.Tcp && MyInvocation.BoundParameters.ContainsKey(nameof(Protocol)))
            ThrowTerminatingError(ErrorRecords.Contradiction("-LocalPort opens a UDP socket: leave out -Protocol Tcp. Start-EchoServer listens on a TCP port."));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var options in ParameterSetName == LocalParameterSet ? [AllOptions] : Targets(AllOptions))
            Open(options, HasManyTargets);
    }

    private void Open(ConnectOptions options, bool isOneOfMany)
    {
        SocketConnection? connection = null;
        var opening = OpenAsync();
        try
        {
            Await(opening);
        }
        catch
        {
            // It may open in the moment in which the pipeline stops.
            opening.ContinueWith(_ => connection?.Dispose(), TaskScheduler.Default);
            throw;
        }
        if (connection is null)
            return;
        SessionObjects.Add(connection);
        WriteObject(connection);

        async Task OpenAsync()
        {
            try
            {
                connection = await _connector.ConnectAsync(options, Cancellation).ConfigureAwait(false);
            }
            catch (SocketToolsException error) when (isOneOfMany)
            {
                Output.Error(ErrorRecords.Of(error, options.Target));
            }
        }
    }
}
