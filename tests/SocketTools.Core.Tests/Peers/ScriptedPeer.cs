using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>A TCP server on loopback that plays one script to each connection, in turn.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    private ScriptedPeer(Socket listener, Func<PeerConnection, Task> script)
    {
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _serving = ServeAsync(script);
    }

    public int Port { get; }

    public string EndPoint => $"127.0.0.1:{Port}";

    public static ScriptedPeer Start(Func<PeerConnection, Task> script)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return new ScriptedPeer(listener, script);
    }

    /// <summary>Reads a head, sends the pieces one by one, and closes.</summary>
    public static ScriptedPeer Answering(params string[] pieces) => Start(async connection =>
    {
        await connection.ReadHeadAsync();
        foreach (var piece in pieces)
            await connection.SendAsync(piece);
    });

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(Func<PeerConnection, Task> script)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
            using var connection = new PeerConnection(socket, _over.Task);
            try
            {
                await script(connection);
            }
            catch (Exception error) when (error is SocketException or System.IO.IOException)
            {
                // The client went away before the script was over; what it saw is what the test asserts.
            }
        }
    }
}
