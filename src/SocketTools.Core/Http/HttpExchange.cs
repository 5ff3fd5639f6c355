using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools;

/// <summary>One request and the answer to it on a connection.</summary>
internal sealed class HttpExchange
{
    private const int LargestBlock = 256 * 1024;

    private readonly RawHttpOptions _options;
    private readonly Deadline _deadline;
    private readonly WaitLimit _limit;
    private readonly string _method;
    private readonly bool _isForHttp10;
    private readonly RawHttpRequest _request;
    private readonly BodyBuffer _body = new();
    private ResponseReader? _reader;
    private long _endedAt;
    private byte[] _afterEnd = [];

    /// <exception cref="FormatException">The request cannot be written.</exception>
    public HttpExchange(RawHttpRequest request, RawHttpOptions options, Deadline deadline, CancellationToken cancellation = default)
    {
        _options = options;
        _deadline = deadline;
        _limit = new WaitLimit(deadline, cancellation);
        _method = request.EffectiveMethod;
        _isForHttp10 = request.IsOfHttp10;
        _request = request;
        Uri = request.Uri;
        Outgoing = new OutgoingRequest(request);
    }

    public Uri Uri { get; }

    /// <summary>The host as the URL names it.</summary>
    public string ComputerName { get; private set; } = "";

    /// <summary>The URL of what is asked for: where the request line names a path of the server, with that.</summary>
    public string AskedUrl { get; private set; } = "";

    public OutgoingRequest Outgoing { get; }

    /// <summary>The address that answered; empty until one has.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What TLS showed; null without.</summary>
    public TlsSession? TlsSession { get; private set; }

    /// <summary>How long it took to reach it; empty when that was done before.</summary>
    public HttpTiming Steps { get; set; } = HttpTiming.None;

    /// <summary>The connection, when the answer made another protocol of it.</summary>
    public SocketConnection? Connection { get; set; }

    /// <summary>The file that the body goes to; null when it is held in memory, as that of an answer that leads to another is.</summary>
    public string? OutFile { get; private set; }

    /// <summary>How many bytes of body came, decompressed if they were.</summary>
    public long BodyLength { get; private set; }

    /// <summary>Whether the connection carries another protocol from here on (RFC 9110 sections 7.8 and 9.3.6).</summary>
    public bool IsSwitched => _reader is { IsComplete: true, Parsed.Head.StatusCode: var code } && (code == 101 || (_method == "CONNECT" && code is >= 200 and < 300));

    /// <summary>Whether the end of the connection was the end of the body.</summary>
    public bool EndedWithConnection { get; private set; }

    /// <summary>Why the connection carries no other request after this answer, as the end of a sentence; null when it does.</summary>
    public string? LastWords => this switch
    {
        { IsSwitched: true } => "made another protocol of the connection",
        { EndedWithConnection: true } => "ends with the connection",
        { _reader.Parsed.Head: { } head } when SaysOfConnection(head, "close") => "says 'Connection: close' (RFC 9112 section 9.6)",
        { _reader.Parsed.Head: { HttpVersion: "1.0" } head } when head.Headers.Contains(TransferCodings.HeaderName) => "frames its body by Transfer-Encoding, which HTTP/1.0 does not know (RFC 9112 section 6.1)",
        { _reader.Parsed.Head: { HttpVersion: "1.0" } head } when !SaysOfConnection(head, "keep-alive") => "is one of HTTP/1.0, without 'Connection: keep-alive'",
        { Outgoing.Gate.IsKeptClosed: true } => "came before the body that its request had announced, and which the server may still wait for (RFC 9110 section 10.1.1)",
        _ => null,
    };

    /// <summary>What was received so far.</summary>
    public RawHttpResponse Response => new(this, _reader, _body.ToArray(), _afterEnd, _deadline.ElapsedMs, Timing);

    private string EndPoint => HostTarget.Join(HttpUrl.HostOf(Uri), Uri.Port);

    // What stands for it may be another.
    private string Named => _options.ConnectTo is null ? EndPoint : $"{EndPoint} at {_options.ConnectTo}";

    private long BytesReceived => _reader?.BytesReceived ?? 0;

    // Of several requests that are sent at once some are answered before the last is sent.
    private long SentAt => Outgoing.SentAt > 0 ? Outgoing.SentAt : _reader?.ArrivedAt ?? 0;

    private HttpTiming Timing => new()
    {
        ResolveMs = Steps.ResolveMs,
        ConnectMs = Steps.ConnectMs,
        ProxyMs = Steps.ProxyMs,
        TlsMs = Steps.TlsMs,
        SendMs = Between(Outgoing.StartedAt, SentAt),
        FirstByteMs = Between(SentAt, _reader?.ArrivedAt ?? 0),
        BodyMs = Between(_reader?.ArrivedAt ?? 0, _endedAt),
        TotalMs = _endedAt == 0 ? _deadline.ElapsedMs : _deadline.ElapsedMsAt(_endedAt),
    };

    /// <summary>Why the answer could not be read on; null when it could.</summary>
    public ResponseFault? Fault => _reader?.Fault;

    /// <summary>Notes who is asked for what, which is best done while the server is at work.</summary>
    public void Note(HttpLink link)
    {
        Address = link.Address;
        TlsSession = link.TlsSession;
        ComputerName = Uri.DnsSafeHost;
        AskedUrl = _request.AskedUrl;
    }

    /// <summary>Reads the answer to its end.</summary>
    /// <param name="wire">Where it comes from.</param>
    /// <exception cref="SocketOperationException">It has none: the peer broke off, or the protocol, or the limit.</exception>
    public void Receive(HttpWire wire)
    {
        _reader = new ResponseReader(wire, _method, _options.Limits, _isForHttp10, _request.AskedProtocols);
        var hasHead = _reader.TryReadHead(interim =>
        {
            if (interim.StatusCode == 100)
                Outgoing.Gate?.Open();
        });
        Outgoing.Gate?.Close();
        try
        {
            if (hasHead)
                ReceiveBody(_reader);
        }
        catch (SocketOperationException error)
        {
            error.PartialResult = Response;
            throw;
        }
        _endedAt = Stopwatch.GetTimestamp();
        if (_reader.Fault is { } fault)
            throw Failed(fault);
    }

    /// <summary>Takes what came behind the answer, and answers nothing.</summary>
    public void TakeAfterEnd(byte[] bytes)
    {
        _afterEnd = bytes;
        if (bytes.Length > 0)
            _reader!.Parsed.NoteAfterEnd(bytes);
    }

    /// <summary>The error for a connection that failed under the exchange, or ran out of time; it keeps what was received.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public SocketToolsException Failed(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case OperationCanceledException:
                    throw new OperationCanceledException(inner.Message, inner);
                case TimeoutException:
                    return TimedOut();
                case SocketException socketError:
                    return Failed(Failure.Of(socketError.SocketErrorCode), inner);
            }
        }
        return Failed(Failure.Because(Reason.TlsFailed), error);
    }

    /// <summary>The error for requests that the connection cannot carry any more.</summary>
    /// <param name="lastWords">What the answer says or does, as the end of a sentence.</param>
    /// <param name="others">How many requests there were.</param>
    /// <param name="wereSent">Whether they are on their way.</param>
    public SocketOperationException IsFollowedByNone(string lastWords, int others, bool wereSent) => new(
        $"{EndPoint} answered, but {(others == 1 ? "one more request was" : $"{others} more requests were")} not {(wereSent ? "answered" : "sent")}: the answer before {lastWords}. Send each over a connection of its own.",
        EndPoint, Failure.Because(Reason.ConnectionClosed));

    private static bool SaysOfConnection(HttpResponseHead head, string option) =>
        ListItem.Has(head.Headers["Connection"], option);

    private void ReceiveBody(ResponseReader reader)
    {
        EndedWithConnection = reader.Parsed.EndsWithConnection;
        if (_options.OutFile is not null && !(_options.IsFollowing && Redirection.Next(_request, reader.Parsed.Head!.StatusCode, reader.Parsed.Head.Headers) is not null))
            OutFile = _options.OutFile;
        using var file = OutFile is null ? null : new BodyFile(OutFile);
        var source = new BodyStream(reader);
        try
        {
            var content = _options.Decompress ? ContentDecoder.Decode(reader.Parsed.Head!, source) : source;
            if (TryTake(content, file, reader) && content != source)
                SkipRest(source, reader);
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or InvalidOperationException && error is not ObjectDisposedException)
        {
            reader.StopAtCoding($"sent a body that cannot be decompressed: {error.Message.TrimEnd('.')}");
        }
    }

    private bool TryTake(Stream source, BodyFile? file, ResponseReader reader)
    {
        // The limit of a file is no limit of memory.
        var most = OutFile == _options.OutFile ? _options.Limits.BodyBytes : Math.Min(_options.Limits.BodyBytes, HttpLimits.DefaultBodyBytes);
        var promised = source is BodyStream && reader.Parsed.PromisedLength is { } length ? Math.Min(length, most) : (long?)null;
        var fits = file is null && promised <= HttpWire.LeastRead && promised < most;
        if (fits)
            _body.Expect((int)promised!.Value);
        byte[] block = fits ? [] : new byte[HttpWire.LeastRead];
        while (true)
        {
            var room = file is null ? _body.Room : default;
            if (!fits && room.Count < HttpWire.LeastRead)
                room = new ArraySegment<byte>(block);
            // Little that becomes much is read from memory, which does not look at the clock.
            _limit.Check();
            var count = source.Read(room.Array!, room.Offset, room.Count);
            if (count == 0)
                return true;
            var kept = (int)Math.Min(count, most - BodyLength);
            BodyLength += kept;
            if (file is null)
                _body.Append(room.Array!, room.Offset, kept, promised);
            else
                file.Write(block, 0, kept);
            if (kept < count)
            {
                reader.StopAtLimit(most);
                return false;
            }
            if (room.Array == block && count == block.Length && count < LargestBlock)
                block = new byte[LargestBlock];
        }
    }

    // What stands behind compressed data is no content, but the body ends only behind it.
    private void SkipRest(BodyStream source, ResponseReader reader)
    {
        var block = new byte[HttpWire.LeastRead];
        var left = _options.Limits.BodyBytes;
        int count;
        while ((count = source.Read(block, 0, block.Length)) > 0)
        {
            left -= count;
            if (left < 0)
            {
                reader.StopAtLimit(_options.Limits.BodyBytes);
                return;
            }
        }
    }

    private SocketTimeoutException TimedOut() => new(
        $"{Named} accepted the connection, but its answer was not whole within {_options.TimeoutMilliseconds} ms " +
        $"({BytesReceived} bytes came; ETIMEDOUT). Check the service, or allow more time.", EndPoint)
    {
        PartialResult = Response,
    };

    private SocketOperationException Failed(Failure failure, Exception error)
    {
        var what = failure.ErrorName is { } name ? $"{failure.Reason} ({name})" : $"{error.GetBaseException().Message.TrimEnd('.')}";
        return new SocketOperationException(
            $"{Named} failed after {BytesReceived} bytes of its answer: {what}. {Remedy.For(failure.Reason)}", EndPoint, failure, error)
        {
            PartialResult = Response,
        };
    }

    private SocketOperationException Failed(ResponseFault fault)
    {
        var where = fault.Reason == Reason.ProtocolViolation ? $" (at byte {fault.Offset})" : "";
        var start = _reader!.Parsed.UnfinishedHead is { Length: > 0 } head && fault.Reason == Reason.ProtocolViolation
            ? $"; its answer starts with '{PrintableText.Excerpt(head)}'"
            : "";
        return new SocketOperationException(
            $"{Named} {fault.Why}{where}{start}. {Remedy.For(fault.Reason)}", EndPoint, Failure.Because(fault.Reason))
        {
            PartialResult = Response,
        };
    }

    private static double? Between(long start, long end) =>
        start == 0 || end == 0 ? null : Math.Max(0, end - start) * 1000.0 / Stopwatch.Frequency;
}
