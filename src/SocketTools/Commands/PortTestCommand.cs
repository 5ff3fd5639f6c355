using System.Management.Automation;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Tests every port of every host, whatever the protocol.</summary>
public abstract class PortTestCommand : ProbeCommand
{
    private PortScanner? _scanner;
    private PortScanOutput? _scanOutput;

    /// <summary>The ports of the hosts that do not bring their own.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public virtual PortSet? Port { get; set; }

    /// <summary>Ports to leave out.</summary>
    [Parameter]
    [PortSetArgument]
    [ArgumentCompleter(typeof(PortCompleter))]
    public PortSet? ExcludePort { get; set; }

    /// <summary>The states to report; all unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PortState[]? State { get; set; }

    /// <summary>Gives one Boolean: whether all ports are open, or in the states asked for.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Gives a result for every address of a name.</summary>
    [Parameter]
    public SwitchParameter AllAddresses { get; set; }

    /// <summary>Looks up the names of the addresses.</summary>
    [Parameter]
    public SwitchParameter ResolveNames { get; set; }

    private protected abstract IConnector CreateConnector();

    /// <summary>Adds what only one protocol has.</summary>
    private protected abstract PortScanOptions Complete(PortScanOptions common);

    private protected abstract object ResultOf(PortAnswer answer);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _scanOutput = Quiet
            ? new QuietPortScanOutput(Output, MyInvocation.MyCommand.Name, State ?? [PortState.Open])
            : new PortScanOutput(Output, MyInvocation.MyCommand.Name, ResultOf);
        var options = Options with { AllAddresses = AllAddresses, ResolveNames = ResolveNames, States = Quiet ? null : State };
        _scanner = new PortScanner(Complete(options), _scanOutput, CreateConnector(), new HostResolver(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _scanner!.Announce((double)ComputerName.CountWith(Port?.Except(ExcludePort)));
        foreach (var host in ComputerName)
        {
            var ports = host.PortsOr(Port)?.Except(ExcludePort);
            if (ports is { Count: > 0 })
            {
                Await(_scanner.AddAsync(host, ports));
                continue;
            }
            _scanOutput!.NotTested();
            WriteError(ErrorRecords.PortMissing(host, ports));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(_scanner!.CompleteAsync());
        _scanOutput!.Completed();
        Flush();
        if (_scanOutput is QuietPortScanOutput quiet)
            WriteObject(quiet.AllWanted);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _scanner?.Dispose();
    }
}
