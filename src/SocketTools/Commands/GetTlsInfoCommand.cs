using System;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Shows the TLS of servers, many at once: what a handshake shows, or which versions they accept.</summary>
[Cmdlet(VerbsCommon.Get, "TlsInfo", DefaultParameterSetName = HandshakeParameterSet)]
[OutputType(typeof(TlsInfo), ParameterSetName = [HandshakeParameterSet])]
[OutputType(typeof(TlsVersionResult), ParameterSetName = [VersionsParameterSet])]
public sealed class GetTlsInfoCommand : ReachingCommand
{
    private const string HandshakeParameterSet = "Handshake";
    private const string VersionsParameterSet = "Versions";
    private const int HttpsPort = 443;

    private readonly TlsInspector _inspector = new();
    private ParallelWork<ConnectOptions> _work = null!;

    /// <summary>Asks which versions a server accepts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VersionsParameterSet)]
    public SwitchParameter Enumerate { get; set; }

    /// <summary>The only versions to offer, or to ask for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public TlsVersion[]? Protocol { get; set; }

    /// <summary>Begins in the clear, and goes on with TLS in the words of this protocol.</summary>
    [Parameter]
    public StartTlsProtocol? StartTls { get; set; }

    /// <summary>The name that the certificate must have; the host unless given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ServerNameArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string? ServerName { get; set; }

    /// <summary>The protocols to offer, the best first.</summary>
    [Parameter(ParameterSetName = HandshakeParameterSet)]
    [NewerPowerShell(TlsHandshake.HasApplicationProtocols)]
    [ValidateNotNullOrEmpty]
    public string[]? Alpn { get; set; }

    /// <summary>The certificate to show when the server asks for one.</summary>
    [Parameter(ParameterSetName = HandshakeParameterSet)]
    [HasPrivateKey]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The only roots to trust.</summary>
    [Parameter(ParameterSetName = HandshakeParameterSet)]
    [NewerPowerShell(CertificateChains.HasOwnRoots)]
    [ValidateNotNullOrEmpty]
    public X509Certificate2[]? TrustedRoot { get; set; }

    /// <summary>Asks the authorities what they have revoked.</summary>
    [Parameter(ParameterSetName = HandshakeParameterSet)]
    public SwitchParameter CheckRevocation { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!Enumerate && !TlsLibrary.CanOffer(Protocol ?? []))
            ThrowTerminatingError(ErrorRecords.Contradiction($"This computer's TLS library offers versions without a gap only, which {string.Join(", ", Protocol!)} have: name those between, or ask one by one with -Enumerate."));
        _work = new ParallelWork<ConnectOptions>(ThrottleLimit, Enumerate ? AskAsync : LookAsync, new ProgressLine(Output, MyInvocation.MyCommand.Name));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var host in ComputerName)
        {
            foreach (var port in host.PortsOr(Port) ?? PortSet.Of(HttpsPort))
                Await(_work.AddAsync(Options with { Target = new HostTarget(host.ComputerName, port), StartTls = StartTls, Tls = TlsFor(host) }));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Await(_work.CompleteAsync());

    private TlsOptions TlsFor(HostTarget host) => new()
    {
        ServerName = string.IsNullOrEmpty(ServerName) ? host.ComputerName : ServerName!,
        IsLook = true,
        ClientCertificate = ClientCertificate,
        ApplicationProtocols = Alpn ?? [],
        Versions = Protocol ?? [],
        TrustedRoots = TrustedRoot ?? [],
        CheckRevocation = CheckRevocation,
    };

    private Task LookAsync(ConnectOptions options) => OrError(options, async () =>
        await Output.WriteAsync(await _inspector.LookAsync(options, Cancellation).ConfigureAwait(false)).ConfigureAwait(false));

    private Task AskAsync(ConnectOptions options) => OrError(options, async () =>
    {
        var versions = options.Tls!.Versions is { Count: > 0 } wanted ? wanted.Distinct() : TlsLibrary.Versions;
        foreach (var version in await _inspector.AskAsync(options, versions, Cancellation).ConfigureAwait(false))
            await Output.WriteAsync(version).ConfigureAwait(false);
    });

    // One of many: the others still have their answer.
    private async Task OrError(ConnectOptions options, Func<Task> look)
    {
        try
        {
            await look().ConfigureAwait(false);
        }
        catch (SocketToolsException error)
        {
            Output.Error(ErrorRecords.Of(error, options.Target));
        }
    }
}
