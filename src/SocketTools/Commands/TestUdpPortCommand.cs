using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;

namespace SocketTools.Commands;

/// <summary>Tells of UDP ports whether they are open, closed or filtered, as far as that can be told, and why.</summary>
[Cmdlet(VerbsDiagnostic.Test, "UdpPort", DefaultParameterSetName = ByProtocol)]
[OutputType(typeof(UdpPortResult))]
[OutputType(typeof(bool))]
public sealed class TestUdpPortCommand : PortTestCommand
{
    private const string ByProtocol = "Probe";
    private const string ByBytes = "Payload";

    /// <summary>The protocol to ask in, whatever the port; each port's own unless given.</summary>
    [Parameter(ParameterSetName = ByProtocol)]
    [UdpProbeArgument]
    [ArgumentCompleter(typeof(UdpProbeCompleter))]
    public string? Probe { get; set; }

    /// <summary>What to send instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByBytes)]
    [AllowEmptyCollection]
    [BytesArgument]
    public byte[]? Payload { get; set; }

    private UdpProbe? Chosen { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Chosen = Payload is not null ? UdpProbe.Of(Payload) : Probe is not null ? UdpProbes.Named(Probe) : null;
        base.BeginProcessing();
    }

    private protected override IConnector CreateConnector() => new DatagramConnector();

    private protected override PortScanOptions Complete(PortScanOptions common) =>
        common with { Protocol = TransportProtocol.Udp, RequestFor = port => ProbeFor(port).Request };

    private protected override object ResultOf(PortAnswer answer) => new UdpPortResult(answer, ProbeFor(answer.Port).Name);

    private UdpProbe ProbeFor(int port) => Chosen ?? UdpProbes.For(port);
}
