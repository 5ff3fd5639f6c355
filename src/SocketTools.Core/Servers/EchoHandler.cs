using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends back what comes, until the client has said all and has had all of it back (RFC 862).</summary>
internal sealed class EchoHandler : IConnectionHandler
{
    private const int BufferBytes = 16 * 1024;

    public string Name => "Echo";

    public async Task ServeAsync(Socket connection, SocketServer server)
    {
        connection.NoDelay = true;
        using var stream = new NetworkStream(connection, ownsSocket: false);
        var buffer = new byte[BufferBytes];
        int received;
        while ((received = await stream.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
        {
            server.CountReceived(received);
            await stream.WriteAsync(buffer, 0, received).ConfigureAwait(false);
            server.CountSent(received);
        }
        connection.Shutdown(SocketShutdown.Send);
    }
}
