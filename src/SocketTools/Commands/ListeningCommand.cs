using System.Management.Automation;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Starts a server: where it listens, and what it allows its clients.</summary>
public abstract class ListeningCommand : FaultCommand
{
    private const int TranscriptBytes = 64 * 1024;

    /// <summary>The port; 0 takes any free one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ListenPortArgument]
    public int Port { get; set; }

    /// <summary>The addresses to listen on; IPv4 loopback unless given.</summary>
    [Parameter]
    [AddressArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LocalAddressCompleter))]
    public IPAddress[] Address { get; set; } = [IPAddress.Loopback];

    /// <summary>The protocols.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public TransportProtocol[] Protocol { get; set; } = [TransportProtocol.Tcp];

    /// <summary>The path of a Unix socket to listen on, instead of a port.</summary>
    [Parameter]
    [NewerPowerShell(SocketTools.UnixSocket.IsSupported)]
    [ValidateNotNullOrEmpty]
    public string? UnixSocket { get; set; }

    /// <summary>Serves over TLS.</summary>
    [Parameter]
    public SwitchParameter Tls { get; set; }

    /// <summary>The certificate to show, with its key; one is made unless given.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>How many connections may wait to be accepted.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Backlog { get; set; } = 512;

    /// <summary>How many connections may be open.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaximumConnections { get; set; }

    /// <summary>How long a connection may be idle.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int IdleTimeoutSeconds { get; set; }

    /// <summary>Keeps what goes both ways with each connection.</summary>
    [Parameter]
    public SwitchParameter Transcript { get; set; }

    /// <summary>What the server does with its clients.</summary>
    private protected abstract ServerHandler OpenHandler();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var handler = OpenHandler();
        if (ServerRules.Contradiction(MyInvocation.BoundParameters, handler, Protocol, UsesTls, AsksForFaults) is { } why)
            ThrowTerminatingError(ErrorRecords.Contradiction(why));
        var path = UnixSocket is null || UnixSocket[0] == '@' ? UnixSocket : GetUnresolvedProviderPathFromPSPath(UnixSocket);
        if (!ShouldProcess(path ?? HostTarget.Join(string.Join(",", (object[])Address), Port), $"Start a server ({handler.Name})"))
            return;
        try
        {
            var server = SocketServer.Start(Options(handler, path));
            SessionObjects.Add(server);
            (handler as IServerResource)?.EndWith(server);
            WriteObject(server);
        }
        catch (SocketOperationException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
    }

    private bool UsesTls => Tls || Certificate is not null;

    private ServerOptions Options(ServerHandler handler, string? path) => new()
    {
        Handler = handler,
        Port = Port,
        Addresses = Address,
        Protocols = Protocol,
        UnixPath = path,
        Backlog = Backlog,
        MaximumConnections = MaximumConnections ?? int.MaxValue,
        IdleTimeoutSeconds = IdleTimeoutSeconds,
        Certificate = UsesTls ? Certificate ?? ServerTls.MakeCertificate([]) : null,
        TranscriptBytes = Transcript ? TranscriptBytes : null,
        FaultsIn = Change(SocketFaults.None, FaultDirection.In),
        FaultsOut = Change(SocketFaults.None, FaultDirection.Out),
    };
}
