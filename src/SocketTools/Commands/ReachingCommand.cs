using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Reaches many hosts: which, through what, and within what time.</summary>
public abstract class ReachingCommand : AsyncCmdlet
{
    /// <summary>The hosts: names, addresses, end points and URLs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? Port { get; set; }

    /// <summary>The proxy to go through.</summary>
    [Parameter]
    [ProxyArgument]
    public ProxyServer? Proxy { get; set; }

    /// <summary>User and password for the proxy.</summary>
    [Parameter]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>How long one host may take.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = ConnectOptions.DefaultTimeoutMilliseconds;

    /// <summary>At most so many hosts at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <summary>What the parameters ask for, but for the host.</summary>
    private protected ConnectOptions Options => new()
    {
        Family = AddressFamilySwitches.Of(IPv4, IPv6),
        Proxy = Proxy?.For(ProxyCredential?.UserName, ProxyCredential?.GetNetworkCredential().Password),
        TimeoutMilliseconds = TimeoutMilliseconds,
    };
}
