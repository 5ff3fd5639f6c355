using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>What a socket is given before it connects.</summary>
internal sealed record SocketSetup
{
    /// <summary>The address of this computer to send from; the system chooses when null.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The port to send from; the system chooses when 0.</summary>
    public int SourcePort { get; init; }

    /// <summary>Whether small pieces are sent at once (TCP_NODELAY).</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>Whether the system probes a silent peer (SO_KEEPALIVE).</summary>
    public bool KeepAlive { get; init; }

    /// <summary>How long closing waits for what is not yet sent, in seconds (SO_LINGER); it does not wait when null.</summary>
    public int? LingerSeconds { get; init; }

    /// <summary>The system's buffer for what comes, in bytes (SO_RCVBUF); its own choice when null.</summary>
    public int? ReceiveBufferSize { get; init; }

    /// <summary>The system's buffer for what goes, in bytes (SO_SNDBUF); its own choice when null.</summary>
    public int? SendBufferSize { get; init; }

    /// <summary>A TCP socket for addresses of a family, bound where it is to be.</summary>
    /// <exception cref="SocketException">This computer cannot make one.</exception>
    public Socket OpenTcp(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = NoDelay;
            WindowsConnect.TellAtOnce(socket);
            Apply(socket);
            Bind(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sets what any socket has.</summary>
    public void Apply(Socket socket)
    {
        if (KeepAlive)
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (LingerSeconds is { } seconds)
            socket.LingerState = new LingerOption(true, seconds);
        if (ReceiveBufferSize is { } received)
            socket.ReceiveBufferSize = received;
        if (SendBufferSize is { } sent)
            socket.SendBufferSize = sent;
    }

    /// <summary>Binds to the address and port to send from, when one was chosen.</summary>
    public void Bind(Socket socket)
    {
        if (Source is null && SourcePort == 0)
            return;
        var any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        socket.Bind(new IPEndPoint(Source ?? any, SourcePort));
    }
}
