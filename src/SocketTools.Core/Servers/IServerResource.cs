namespace SocketTools;

/// <summary>Something that a server's handler holds, and that is to end with the server.</summary>
internal interface IServerResource
{
    /// <summary>Ends when the server has.</summary>
    void EndWith(SocketServer server);
}
