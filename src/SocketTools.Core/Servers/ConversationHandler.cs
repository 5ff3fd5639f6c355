namespace SocketTools;

/// <summary>A handler that makes answers of bytes: it never waits, and knows no sockets.</summary>
internal abstract class ConversationHandler : ServerHandler
{
    /// <summary>Whether it answers datagrams, too.</summary>
    public virtual bool TakesDatagrams => true;

    /// <summary>The dialogue with a client.</summary>
    public abstract Conversation Open(ServerConnection client);

    /// <summary>Answers a datagram; what is sent before this returns is one datagram.</summary>
    public virtual void Answer(byte[] bytes, int count, IReplySink reply)
    {
    }
}
