using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What a server does with one connection.</summary>
internal interface IConnectionHandler
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>Serves a connection to its end; the server closes it afterwards.</summary>
    Task ServeAsync(Socket connection, SocketServer server);
}
