using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Calls that run on a thread beside the test's own, which plays the peer.</summary>
internal static class HttpCalls
{
    public static Task<RawHttpResponse> SendAsync(this RawHttpClient client, RawHttpRequest request, RawHttpOptions options, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => client.Send(request, options, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>All of a request, body and all, as it goes out.</summary>
    public static byte[] ToBytes(this RawHttpRequest request)
    {
        var outgoing = new OutgoingRequest(request);
        var body = Array.Empty<byte>();
        if (outgoing.HasBody)
            outgoing.WriteBody((bytes, count) => body = [.. body, .. bytes.Take(count)]);
        return [.. outgoing.Head, .. body];
    }
}
