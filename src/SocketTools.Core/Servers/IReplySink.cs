namespace SocketTools;

/// <summary>Takes what a conversation answers.</summary>
internal interface IReplySink
{
    /// <summary>Sends bytes; they are the caller's again when this returns.</summary>
    void Send(byte[] bytes, int offset, int count);

    /// <summary>Ends the connection when all has gone.</summary>
    void End();
}
