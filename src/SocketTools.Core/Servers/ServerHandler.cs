namespace SocketTools;

/// <summary>What a server does with its clients.</summary>
internal abstract class ServerHandler
{
    /// <summary>Its name, for people.</summary>
    public abstract string Name { get; }
}
