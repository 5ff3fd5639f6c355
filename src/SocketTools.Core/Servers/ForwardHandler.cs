namespace SocketTools;

/// <summary>Passes each connection on to another server, both ways.</summary>
internal sealed class ForwardHandler : ServerHandler
{
    public ForwardHandler(HostTarget target) => Target = target;

    public override string Name => "Forward";

    /// <summary>The other server, with its port.</summary>
    public HostTarget Target { get; }
}
