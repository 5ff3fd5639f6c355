using System;
using System.Collections.Generic;
using System.Threading;

namespace SocketTools;

/// <summary>Sends requests on new connections and reads the responses to their ends, within one deadline, on the caller's
/// thread: handing over to other threads and back would take longer than a small request itself.</summary>
internal sealed class RawHttpClient
{
    private readonly HostResolver _resolver;

    public RawHttpClient(HostResolver? resolver = null) => _resolver = resolver ?? new HostResolver();

    /// <summary>The response, whole; after as many redirections as may be followed.</summary>
    /// <exception cref="FormatException">The request cannot be written.</exception>
    /// <exception cref="NameResolutionException">The host's name does not resolve.</exception>
    /// <exception cref="SocketTimeoutException">The deadline passed; carries what was received.</exception>
    /// <exception cref="SocketOperationException">Connection, TLS or protocol failed, or the answer is larger than allowed;
    /// carries what was received.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public RawHttpResponse Send(RawHttpRequest request, RawHttpOptions options, CancellationToken cancellation)
    {
        if (options.OutFile is not null)
            BodyFile.Check(options.OutFile);
        var deadline = new Deadline(options.TimeoutMilliseconds);
        var before = new List<RawHttpResponse>();
        while (true)
        {
            RawHttpResponse? response = null;
            if (options.MaximumRedirection > 0)
                options = options with { IsFollowing = before.Count < options.MaximumRedirection };
            try
            {
                new HttpSession(_resolver, options, deadline, cancellation).Run([request], false, r => response = r);
            }
            catch (SocketToolsException error) when (before.Count > 0)
            {
                Keep(before, error);
                throw;
            }
            if (before.Count == options.MaximumRedirection || Redirection.Next(request, response!) is not { } next)
            {
                response!.Redirections = [.. before];
                return response;
            }
            before.Add(response!);
            // What was said about the first server is not about another.
            if (!Redirection.IsSameOrigin(request.Uri, next.Uri))
                options = options with { ConnectTo = null, UnixPath = null, ServerName = null, ClientCertificate = null };
            request = next;
        }
    }

    // Where nothing came any more, the last that came is what there is.
    private static void Keep(List<RawHttpResponse> before, SocketToolsException error)
    {
        if (error.PartialResult is not RawHttpResponse response)
        {
            error.PartialResult = response = before[before.Count - 1];
            before.RemoveAt(before.Count - 1);
        }
        response.Redirections = [.. before];
    }

    /// <summary>Sends several requests over one connection, and hands over each response when it is whole.</summary>
    /// <inheritdoc cref="HttpSession.Run"/>
    public void SendAll(
        IReadOnlyList<RawHttpRequest> requests, bool isPipelined, RawHttpOptions options, Action<RawHttpResponse> take, CancellationToken cancellation) =>
        new HttpSession(_resolver, options, new Deadline(options.TimeoutMilliseconds), cancellation).Run(requests, isPipelined, take);
}
