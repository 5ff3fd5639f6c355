using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace SocketTools;

/// <summary>Requests over one new connection: one after the other's answer, or all at once (RFC 9112 section 9.3.2).</summary>
internal sealed class HttpSession
{
    private const int MostAfterEnd = 64 * 1024;

    private readonly HostResolver _resolver;
    private readonly RawHttpOptions _options;
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellation;

    /// <param name="resolver">Who looks names up.</param>
    /// <param name="options">Where the requests go, and how.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellation">Stops soon.</param>
    public HttpSession(HostResolver resolver, RawHttpOptions options, Deadline deadline, CancellationToken cancellation)
    {
        _resolver = resolver;
        _options = options;
        _deadline = deadline;
        _cancellation = cancellation;
    }

    /// <summary>Sends requests, and hands over each answer when it is whole, the last one when the connection is closed.</summary>
    /// <param name="requests">At least one; all to the URL of the first.</param>
    /// <param name="isPipelined">Whether they are sent without waiting for answers.</param>
    /// <param name="take">Is given the answers in turn.</param>
    /// <exception cref="FormatException">A request cannot be written.</exception>
    /// <exception cref="SocketToolsException">It failed; PartialResult holds what came of the answer under way.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public void Run(IReadOnlyList<RawHttpRequest> requests, bool isPipelined, Action<RawHttpResponse> take)
    {
        var exchanges = new HttpExchange[requests.Count];
        for (var i = 0; i < exchanges.Length; i++)
            exchanges[i] = new HttpExchange(requests[i], _options, _deadline, _cancellation);
        take(Exchange(exchanges, isPipelined, take).Response);
    }

    // Gives the last one back.
    private HttpExchange Exchange(HttpExchange[] exchanges, bool isPipelined, Action<RawHttpResponse> take)
    {
        using var link = new HttpDialer(_resolver, exchanges[0].Uri, _options, _deadline, _cancellation).Open();
        using var sender = new RequestSender(link, _deadline, _cancellation);
        exchanges[0].Steps = link.Timing;
        if (isPipelined)
            sender.Start([.. exchanges.Select(static exchange => exchange.Outgoing)]);
        HttpWire? wire = null;
        for (var i = 0; ; i++)
        {
            var exchange = exchanges[i];
            var isLast = i == exchanges.Length - 1;
            string? lastWords;
            try
            {
                if (!isPipelined)
                    sender.Start(exchange.Outgoing);
                exchange.Note(link);
                exchange.Receive(wire ??= new HttpWire(link, new WaitLimit(_deadline, _cancellation)));
                lastWords = isLast ? "was the last that was asked for" : isPipelined ? exchange.LastWords : BeforeNext(exchange, link, wire, sender);
                if (exchange.IsSwitched)
                    exchange.Connection = link.Detach(exchange.Uri, wire.TakeRest(int.MaxValue), _options);
                else if (lastWords is not null)
                    exchange.TakeAfterEnd(ReadAfterEnd(link, wire, exchange));
            }
            catch (Exception error) when (ConnectionFault.IsOne(error))
            {
                if (sender.Fault is not SocketToolsException own)
                    throw exchange.Failed(error);
                own.PartialResult = exchange.Response;
                throw own;
            }
            if (isLast)
                return exchange;
            take(exchange.Response);
            if (lastWords is not null)
                throw exchange.IsFollowedByNone(lastWords, exchanges.Length - 1 - i, isPipelined);
        }
    }

    // Gives why the connection carries no other request, or null. What is there before one was sent cannot be its answer; of TLS's own
    // messages the socket does not tell.
    private string? BeforeNext(HttpExchange exchange, HttpLink link, HttpWire wire, RequestSender sender)
    {
        if (exchange.LastWords is { } words)
            return words;
        if (!sender.TryFinish())
            return sender.Fault is SocketToolsException own ? $"came before all of its request was sent ({own.Message.TrimEnd('.')})" : "came before the server had taken all of its request, and it takes no more";
        if (wire.IsEmpty && link.Tls is null && link.Transport.HasNews())
            TryFill(wire);
        return !wire.IsEmpty ? "was followed by bytes that answer no request (RFC 9112 section 6.3)"
            : link.Transport.HasEnded ? "was followed by the end of the connection"
            : null;
    }

    // What came with the answer, and, for as long as is asked for, what comes after it.
    private byte[] ReadAfterEnd(HttpLink link, HttpWire wire, HttpExchange exchange)
    {
        var atOnce = wire.TakeRest(MostAfterEnd);
        if (exchange.EndedWithConnection || _options.LingerMilliseconds == 0)
            return atOnce;
        var bytes = new List<byte>(atOnce);
        link.Transport.ReadLimit = new WaitLimit(Math.Min(_options.LingerMilliseconds, (int)_deadline.Remaining.TotalMilliseconds), _cancellation);
        while (bytes.Count < MostAfterEnd && TryFill(wire))
            bytes.AddRange(wire.TakeRest(MostAfterEnd - bytes.Count));
        return [.. bytes];
    }

    private bool TryFill(HttpWire wire)
    {
        try
        {
            return wire.Fill() > 0;
        }
        catch (Exception error) when (ConnectionFault.IsOne(error) && !_cancellation.IsCancellationRequested)
        {
            // The time is over, or the connection: either way nothing more comes.
            return false;
        }
    }
}
