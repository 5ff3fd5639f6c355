namespace SocketTools;

/// <summary>Leaves connections waiting until they are asked for, one by one.</summary>
internal sealed class AcceptHandler : ServerHandler
{
    public override string Name => "Accept";
}
