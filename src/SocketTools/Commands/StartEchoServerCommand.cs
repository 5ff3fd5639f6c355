using System.Management.Automation;
using System.Net;
using SocketTools.Arguments;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Starts a server that sends back what it receives.</summary>
[Cmdlet(VerbsLifecycle.Start, "EchoServer", SupportsShouldProcess = true)]
[OutputType(typeof(SocketServer))]
public sealed class StartEchoServerCommand : PSCmdlet
{
    /// <summary>The port; 0 takes any free one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ListenPortArgument]
    public int Port { get; set; }

    /// <summary>The address to listen on; IPv4 loopback unless given.</summary>
    [Parameter]
    [AddressArgument]
    [ValidateNotNull]
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>How many connections may wait to be accepted.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Backlog { get; set; } = 512;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var endPoint = new IPEndPoint(Address, Port);
        if (!ShouldProcess(endPoint.ToString(), "Start an echo server"))
            return;
        try
        {
            var server = SocketServer.Start(endPoint, Backlog, new EchoHandler());
            SessionObjects.Add(server);
            WriteObject(server);
        }
        catch (SocketOperationException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
    }
}
