using System.Net.Sockets;

namespace SocketTools;

/// <summary>A socket, which does not block, that a poller watches, and what is done when it is ready.</summary>
internal abstract class PolledSocket
{
    protected PolledSocket(Socket socket)
    {
        Socket = socket;
        socket.Blocking = false;
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>Whether it waits for something to read.</summary>
    public bool WantsToRead { get; protected set; } = true;

    /// <summary>Whether it waits for room to write.</summary>
    public bool WantsToWrite { get; protected set; }

    /// <summary>Its place with the poller; -1 when it is not watched.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Does what can be done without waiting. An error of the socket makes it ready for both.</summary>
    public abstract void Ready(bool canRead, bool canWrite);
}
