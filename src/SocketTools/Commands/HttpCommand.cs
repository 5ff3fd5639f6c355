using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Talks HTTP: over which connection, and how much of an answer it takes.</summary>
public abstract class HttpCommand : ConnectionCmdlet
{
    /// <summary>The host, and port, to connect to in place of the URL's.</summary>
    [Parameter]
    [ConnectToArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostTarget? ConnectTo { get; set; }

    /// <summary>The path of a Unix socket to connect to in place of the URL's host.</summary>
    [Parameter]
    [NewerPowerShell(SocketTools.UnixSocket.IsSupported)]
    [ValidateNotNullOrEmpty]
    public string? UnixSocket { get; set; }

    /// <summary>The proxy to go through.</summary>
    [Parameter]
    [ProxyArgument]
    public ProxyServer? Proxy { get; set; }

    /// <summary>User and password for the proxy.</summary>
    [Parameter]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The name that a TLS server is told, and that its certificate must have.</summary>
    [Parameter]
    [ServerNameArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string? ServerName { get; set; }

    /// <summary>The certificate to show when the server asks for one.</summary>
    [Parameter]
    [HasPrivateKey]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>Takes any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Connects to IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Connects to IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <summary>How long everything may take, name resolution included.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = RawHttpOptions.DefaultTimeoutMilliseconds;

    /// <summary>How long to read on after the end of the answer.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int LingerMilliseconds { get; set; }

    /// <summary>The largest body to take.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaximumBytes { get; set; } = HttpLimits.DefaultBodyBytes;

    /// <summary>The most bytes of heads and trailers to take.</summary>
    [Parameter]
    [ValidateRange(1, RawHttpOptions.LargestMaximumBytes)]
    public int MaximumHeadBytes { get; set; } = HttpLimits.DefaultHeadBytes;

    /// <summary>The most headers in one head to take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumHeaders { get; set; } = HttpLimits.DefaultHeaders;

    /// <summary>The most bytes of chunk extensions to take.</summary>
    [Parameter]
    [ValidateRange(0, RawHttpOptions.LargestMaximumBytes)]
    public int MaximumExtensionBytes { get; set; } = HttpLimits.DefaultExtensionBytes;

    /// <summary>What these parameters ask for together.</summary>
    /// <param name="outFile">The file that the body goes to, or null.</param>
    private protected RawHttpOptions OptionsFor(string? outFile) => new()
    {
        ConnectTo = ConnectTo,
        UnixPath = UnixSocket is null or ['@', ..] ? UnixSocket : GetUnresolvedProviderPathFromPSPath(UnixSocket),
        Proxy = Proxy?.For(ProxyCredential?.UserName, ProxyCredential?.GetNetworkCredential().Password),
        ServerName = ServerName,
        ClientCertificate = ClientCertificate,
        SkipCertificateCheck = SkipCertificateCheck,
        Family = AddressFamilySwitches.Of(IPv4, IPv6),
        TimeoutMilliseconds = TimeoutMilliseconds,
        LingerMilliseconds = LingerMilliseconds,
        OutFile = outFile,
        Limits = new HttpLimits
        {
            BodyBytes = LimitFor(outFile),
            HeadBytes = MaximumHeadBytes,
            Headers = MaximumHeaders,
            ExtensionBytes = MaximumExtensionBytes,
        },
    };

    // A file holds what memory need not.
    private long LimitFor(string? outFile) =>
        outFile is not null && !MyInvocation.BoundParameters.ContainsKey(nameof(MaximumBytes)) ? long.MaxValue :
        outFile is null && MaximumBytes > RawHttpOptions.LargestMaximumBytes ? RawHttpOptions.LargestMaximumBytes : MaximumBytes;
}
