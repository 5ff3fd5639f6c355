using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;

namespace SocketTools.Commands;

/// <summary>Tells of TCP ports whether they are open, closed or filtered, and why.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TcpPort", DefaultParameterSetName = nameof(Port))]
[OutputType(typeof(TcpPortResult))]
[OutputType(typeof(bool))]
public sealed class TestTcpPortCommand : PortTestCommand
{
    // The name by which the view that shows banners is chosen.
    private const string BannerView = "SocketTools.TcpPortResult#Banner";

    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = nameof(Port))]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override PortSet? Port { get => base.Port; set => base.Port = value; }

    /// <summary>So many of the most used ports, in place of others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = nameof(TopPorts))]
    [ValidateRange(1, SocketTools.TopPorts.Most)]
    public int TopPorts { get => Port?.Count ?? 0; set => Port = SocketTools.TopPorts.Take(value); }

    /// <summary>Reads what the servers of open ports say first.</summary>
    [Parameter]
    public SwitchParameter Banner { get; set; }

    /// <summary>What to say to them before that.</summary>
    [Parameter]
    [BytesArgument]
    public byte[]? Payload { get; set; }

    private bool ReadsBanner => Banner || Payload is not null;

    private protected override IConnector CreateConnector() => TcpConnector.Create(keepsConnections: ReadsBanner);

    private protected override PortScanOptions Complete(PortScanOptions common) =>
        common with { ReadBanner = ReadsBanner, Payload = Payload ?? [] };

    private protected override object ResultOf(PortAnswer answer)
    {
        var result = new TcpPortResult(answer);
        if (!ReadsBanner)
            return result;
        var shown = PSObject.AsPSObject(result);
        shown.TypeNames.Insert(0, BannerView);
        return shown;
    }
}
