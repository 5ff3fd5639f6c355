using System.Management.Automation;

namespace SocketTools.Commands;

/// <summary>Starts a server that sends back what it receives.</summary>
[Cmdlet(VerbsLifecycle.Start, "EchoServer", SupportsShouldProcess = true)]
[OutputType(typeof(SocketServer))]
public sealed class StartEchoServerCommand : ListeningCommand
{
    private protected override ServerHandler OpenHandler() => new EchoHandler();
}
