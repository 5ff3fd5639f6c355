using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using SocketTools.Arguments;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tells an address in every notation, what it is for, and the block that its prefix makes.</summary>
[Cmdlet(VerbsCommon.Get, "IPAddressInfo")]
[OutputType(typeof(IPAddressInfo), typeof(bool))]
public sealed class GetIPAddressInfoCommand : PSCmdlet
{
    private readonly List<IPAddressInfo> _missing = [];

    /// <summary>The addresses, in any notation.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ComputerName", "Cn", "HostName", "DNSHostName", "RemoteAddress", "Host")]
    [AddressNotationArgument]
    [AllowEmptyCollection]
    public object[] IPAddress { get; set; } = [];

    /// <summary>Asks whether these addresses all lie in the blocks.</summary>
    [Parameter]
    [AddressNotationArgument]
    [ValidateNotNullOrEmpty]
    public object[]? Contains { get; set; }

    /// <summary>Takes the old forms of IPv4 as inet_aton reads them.</summary>
    [Parameter]
    public SwitchParameter AllowLegacyIPv4 { get; set; }

    /// <summary>Takes IPv4 addresses only.</summary>
    [Parameter]
    public SwitchParameter IPv4 { get; set; }

    /// <summary>Takes IPv6 addresses only, and numbers as such.</summary>
    [Parameter]
    public SwitchParameter IPv6 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var input in (Contains ?? []).Cast<AddressInput>())
        {
            // Left out, it would make the answer true.
            if (IsRefused(input))
                ThrowTerminatingError(ErrorRecords.LegacyAddress(input));
            _missing.Add(InfoOf(input));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in IPAddress.Cast<AddressInput>())
        {
            if (IsRefused(input))
                WriteError(ErrorRecords.LegacyAddress(input));
            else if (InfoOf(input) is var info && Contains is not null)
                _missing.RemoveAll(info.Contains);
            else if (Family == AddressFamily.Unspecified || info.Family == Family)
                WriteObject(info);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Contains is not null)
            WriteObject(_missing.Count == 0);
    }

    private AddressFamily Family => AddressFamilySwitches.Of(IPv4, IPv6);

    private bool IsRefused(AddressInput input) => input.IsLegacy && !AllowLegacyIPv4;

    private IPAddressInfo InfoOf(AddressInput input) =>
        IPAddressInfo.Of(Family == AddressFamily.InterNetworkV6 ? input.AsIPv6() : input);
}
