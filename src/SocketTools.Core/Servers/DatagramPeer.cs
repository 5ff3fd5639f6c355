using System.Collections.Generic;

namespace SocketTools;

/// <summary>One end point that sends datagrams to a server, and what is remembered of it.</summary>
internal sealed class DatagramPeer
{
    public DatagramPeer(object key, ServerConnection record)
    {
        Key = key;
        Record = record;
        ByUse = new LinkedListNode<DatagramPeer>(this);
    }

    /// <summary>Who it is, as <see cref="DatagramSocket.CopySender"/> gave it.</summary>
    public object Key { get; }

    /// <summary>What is told of it.</summary>
    public ServerConnection Record { get; }

    /// <summary>When it last sent or was sent something, in milliseconds of the loop's clock.</summary>
    public long LastActivity { get; set; }

    /// <summary>Its place among the others.</summary>
    public LinkedListNode<DatagramPeer> ByUse { get; }

    /// <summary>The socket from which what it sends is passed on; null without one.</summary>
    public DatagramUpstream? Upstream { get; set; }

    /// <summary>Those of its datagrams that wait until it is known where they go.</summary>
    public Queue<byte[]> Waiting { get; } = new();

    /// <summary>From when each direction has bandwidth for more.</summary>
    public double[] FreeAt { get; } = new double[2];

    /// <summary>Whether it is remembered no more.</summary>
    public bool IsForgotten => Record.End != ServerConnectionEnd.Open;
}
