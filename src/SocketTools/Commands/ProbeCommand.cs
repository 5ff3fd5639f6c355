using System;
using System.Management.Automation;
using System.Net;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Sends probes to hosts: to which, how long, how many, and from where.</summary>
public abstract class ProbeCommand : AsyncCmdlet
{
    /// <summary>The hosts: names, addresses, end points, URLs, blocks and ranges.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host")]
    [HostSetArgument]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HostSet ComputerName { get; set; } = null!;

    /// <summary>How long one port may take, every address of its host included.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutMilliseconds { get; set; } = PortScanOptions.DefaultTimeoutMilliseconds;

    /// <summary>At most so many probes at once; 0 chooses.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int ThrottleLimit { get; set; }

    /// <summary>How often a probe that met silence is sent again; as often as the measured loss demands unless given.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int? RetryCount { get; set; }

    /// <summary>At most so many probes a second; 0 sets no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumRate { get; set; }

    /// <summary>The address of this computer to send from.</summary>
    [Parameter]
    [AddressArgument(Purpose = "send from")]
    [ArgumentCompleter(typeof(LocalAddressCompleter))]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>Uses IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Uses IPv6 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected PortScanOptions Options => new()
    {
        Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds),
        ThrottleLimit = ThrottleLimit,
        RetryCount = RetryCount,
        MaximumRate = MaximumRate,
        Source = SourceAddress,
        Family = AddressFamilySwitches.Of(IPv4, IPv6, SourceAddress),
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SourceAddress is not null && !LocalRoute.IsOwn(SourceAddress))
            ThrowTerminatingError(ErrorRecords.NotOwnAddress(SourceAddress));
    }
}
