using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Listens to what a server says on a new connection.</summary>
internal static class BannerReader
{
    /// <summary>At most so much of it is read.</summary>
    public const int MostBytes = 4096;

    // What a server says at once comes in one piece, or in pieces close together.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends what is to be sent, reads until the server pauses, ends, or the time is over, and closes the connection.</summary>
    /// <returns>What came; null when nothing did.</returns>
    public static async Task<byte[]?> ReadAsync(Socket connection, byte[] payload, TimeSpan time, CancellationToken cancellation)
    {
        var deadline = new Deadline((int)time.TotalMilliseconds);
        var banner = new byte[MostBytes];
        var length = 0;
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            using (deadline.Guard(stream.Dispose, cancellation))
                await stream.WriteAsync(payload, 0, payload.Length, CancellationToken.None).ConfigureAwait(false);
            int read;
            do
            {
                var patience = length > 0 && Pause < deadline.Remaining ? Pause : deadline.Remaining;
                using var guard = new DeadlineGuard(patience, stream.Dispose, cancellation);
                read = await stream.ReadAsync(banner, length, MostBytes - length, CancellationToken.None).ConfigureAwait(false);
                length += read;
            }
            while (read > 0 && length < MostBytes);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
        {
            // The pause, the deadline, or a reset: what came before is the banner.
            connection.Dispose();
        }
        cancellation.ThrowIfCancellationRequested();
        Array.Resize(ref banner, length);
        return length > 0 ? banner : null;
    }
}
