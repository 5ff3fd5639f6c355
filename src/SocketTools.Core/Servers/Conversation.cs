namespace SocketTools;

/// <summary>A dialogue with one client, as bytes in and bytes out.</summary>
internal abstract class Conversation
{
    /// <summary>The client is there.</summary>
    public virtual void Opened(IReplySink reply)
    {
    }

    /// <summary>Takes bytes that came.</summary>
    /// <returns>How many it took, at least one; it is given the others when what it has sent has gone.</returns>
    public abstract int Receive(byte[] bytes, int offset, int count, IReplySink reply);

    /// <summary>The client has said all.</summary>
    public virtual void Ended(IReplySink reply)
    {
    }
}
