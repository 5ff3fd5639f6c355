using System;
using System.Management.Automation;
using System.Net;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Accepts connections, one by one.</summary>
[Cmdlet(VerbsCommunications.Receive, "SocketConnection", DefaultParameterSetName = PortParameterSet)]
[OutputType(typeof(SocketConnection))]
public sealed class ReceiveSocketConnectionCommand : ConnectionCmdlet
{
    private const string PortParameterSet = "Port";
    private const string ServerParameterSet = "Server";

    /// <summary>The port to listen on.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PortParameterSet)]
    [ListenPortArgument]
    public int Port { get; set; }

    /// <summary>The addresses to listen on; IPv4 loopback unless given.</summary>
    [Parameter(ParameterSetName = PortParameterSet)]
    [AddressArgument]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LocalAddressCompleter))]
    public IPAddress[] Address { get; set; } = [IPAddress.Loopback];

    /// <summary>A server that was started with the handler Accept.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ServerParameterSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public SocketServer Server { get; set; } = null!;

    /// <summary>Accepts one connection, and no more.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>How long to wait for a connection; for ever unless given.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutMilliseconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ServerParameterSet)
        {
            if (!Server.IsAccepting)
                ThrowTerminatingError(ErrorRecords.Contradiction($"{Server} serves its connections itself: start one with -Handler Accept."));
            AcceptAll(Server);
            return;
        }
        try
        {
            using var server = SocketServer.Start(new ServerOptions { Handler = new AcceptHandler(), Port = Port, Addresses = Address });
            SessionObjects.Add(server);
            AcceptAll(server);
        }
        catch (SocketOperationException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
    }

    private void AcceptAll(SocketServer server)
    {
        try
        {
            while (server.Accept(new WaitLimit(TimeoutMilliseconds ?? int.MaxValue, Cancellation)) is { } connection)
            {
                SessionObjects.Add(connection);
                // Nobody else is to wait at a listener that takes no more.
                if (Once && ParameterSetName == PortParameterSet)
                    server.Stop();
                WriteObject(connection);
                if (Once)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (TimeoutException)
        {
            var endPoint = HostTarget.Join(server.ComputerName, server.Port);
            ThrowTerminatingError(ErrorRecords.Of(new SocketTimeoutException($"Nobody connected to {endPoint} within {TimeoutMilliseconds} ms. Allow more with -TimeoutMilliseconds.", endPoint)));
        }
    }
}
