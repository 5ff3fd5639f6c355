using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Talks to hosts over TLS when it is asked to.</summary>
public abstract class TlsCommand : AsyncCmdlet
{
    private protected const string HostParameterSet = "Host";
    private protected const string UnixParameterSet = "Unix";

    /// <summary>Protects the connection with TLS.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    public SwitchParameter Tls { get; set; }

    /// <summary>Begins in the clear, and goes on with TLS in the words of this protocol.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    public StartTlsProtocol? StartTls { get; set; }

    /// <summary>The name that the certificate must have; the host, or localhost for a Unix socket, unless given.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    [ServerNameArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string? ServerName { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The certificate to show when the server asks for one.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    [HasPrivateKey]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The protocols to offer, the best first.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [Parameter(ParameterSetName = UnixParameterSet)]
    [NewerPowerShell(TlsHandshake.HasApplicationProtocols)]
    [ValidateNotNullOrEmpty]
    public string[]? Alpn { get; set; }

    /// <summary>Whether TLS is asked for.</summary>
    private protected bool UsesTls => Tls || StartTls is not null;

    /// <summary>What TLS with a host is to be; null when there is none.</summary>
    private protected TlsOptions? TlsFor(string host) => !UsesTls ? null : new TlsOptions
    {
        ServerName = ServerName ?? host,
        SkipCertificateCheck = SkipCertificateCheck,
        ClientCertificate = ClientCertificate,
        ApplicationProtocols = Alpn ?? [],
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!UsesTls && (ServerName is not null || SkipCertificateCheck || ClientCertificate is not null || Alpn is not null))
            ThrowTerminatingError(ErrorRecords.Contradiction("-ServerName, -SkipCertificateCheck, -ClientCertificate and -Alpn need -Tls or -StartTls."));
    }
}
