using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Opens connections to hosts: to which, over what, and how.</summary>
public abstract class ConnectingCommand : TlsCommand
{
    /// <summary>The hosts: names, addresses, end points and URLs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = HostParameterSet)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = HostParameterSet)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>The path of a Unix socket.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnixParameterSet)]
    [NewerPowerShell(SocketTools.UnixSocket.IsSupported)]
    [ValidateNotNullOrEmpty]
    public string UnixSocket { get; set; } = "";

    /// <summary>Tcp, or Udp for datagrams.</summary>
    [Parameter]
    public TransportProtocol Protocol { get; set; } = TransportProtocol.Tcp;

    /// <summary>The proxy to go through.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    [ProxyArgument]
    public ProxyServer? Proxy { get; set; }

    /// <summary>User and password for the proxy.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The address of this computer to send from.</summary>
    [Parameter]
    [AddressArgument(Purpose = "send from")]
    [ArgumentCompleter(typeof(LocalAddressCompleter))]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>How long it may take.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = ConnectOptions.DefaultTimeoutMilliseconds;

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter(ParameterSetName = HostParameterSet)]
    public SwitchParameter IPv6 { get; set; }

    /// <summary>What the parameters ask for, but for the host.</summary>
    private protected ConnectOptions Options => new()
    {
        Protocol = Protocol,
        Family = AddressFamilySwitches.Of(IPv4, IPv6, SourceAddress),
        Setup = new SocketSetup { Source = SourceAddress },
        StartTls = StartTls,
        Proxy = Proxy?.For(ProxyCredential?.UserName, ProxyCredential?.GetNetworkCredential().Password),
        TimeoutMilliseconds = TimeoutMilliseconds,
    };

    /// <summary>What the parameters ask for, for each host and port, or for the path.</summary>
    /// <param name="options">What is the same for all.</param>
    private protected IEnumerable<ConnectOptions> Targets(ConnectOptions options)
    {
        if (ParameterSetName == UnixParameterSet)
        {
            var path = UnixSocket[0] == '@' ? UnixSocket : GetUnresolvedProviderPathFromPSPath(UnixSocket);
            yield return options with { UnixPath = path, Tls = TlsFor("localhost") };
        }
        if (ParameterSetName != HostParameterSet)
            yield break;
        foreach (var host in ComputerName)
        {
            var ports = host.PortsOr(Port);
            if (ports is not { Count: > 0 })
                WriteError(ErrorRecords.PortMissing(host, null));
            foreach (var port in ports ?? Enumerable.Empty<int>())
                yield return options with { Target = new HostTarget(host.ComputerName, port), Tls = TlsFor(host.ComputerName) };
        }
    }

    /// <summary>Whether a failure is that of one target among several.</summary>
    private protected bool HasManyTargets =>
        MyInvocation.ExpectingInput || (ParameterSetName == HostParameterSet && (ComputerName.Count > 1 || Port?.Count > 1));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SourceAddress is not null && !LocalRoute.IsOwn(SourceAddress))
            ThrowTerminatingError(ErrorRecords.NotOwnAddress(SourceAddress));
        base.BeginProcessing();
        if ((UsesTls || Proxy is not null) && Protocol == TransportProtocol.Udp)
            ThrowTerminatingError(ErrorRecords.Contradiction("TLS and proxies need -Protocol Tcp."));
    }
}
