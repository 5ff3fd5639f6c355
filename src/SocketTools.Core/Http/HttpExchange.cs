using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>One request and its response on a connection.</summary>
internal sealed class HttpExchange
{
    private const int FirstRead = 16 * 1024;
    private const int LargestRead = 256 * 1024;

    private readonly ResponseCollector _received;

    public HttpExchange(RawHttpRequest request, byte[] requestBytes, int maximumBytes, Deadline deadline)
    {
        ComputerName = request.Uri.DnsSafeHost;
        Port = request.Uri.Port;
        RequestBytes = requestBytes;
        Deadline = deadline;
        _received = new ResponseCollector(request.Method, maximumBytes);
    }

    public string ComputerName { get; }

    public int Port { get; }

    /// <summary>The address that answered; empty until one has.</summary>
    public string Address { get; set; } = "";

    public byte[] RequestBytes { get; }

    public Deadline Deadline { get; }

    /// <summary>What was received so far.</summary>
    public RawHttpResponse Response => new(this, _received);

    private string EndPoint => HostTarget.Join(ComputerName, Port);

    /// <summary>Writes the request and reads the response to its end.</summary>
    /// <exception cref="SocketOperationException">It has none: the peer broke off, or the protocol, or the limit.</exception>
    public async Task<RawHttpResponse> RunAsync(Stream stream)
    {
        // Written while it is read: a server may answer, and stop reading, before it has the whole request.
        var writing = stream.WriteAsync(RequestBytes, 0, RequestBytes.Length);
        _ = writing.ContinueWith(
            static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await ReadAsync(stream).ConfigureAwait(false);
        return _received.Fault is { } fault ? throw Failed(fault) : Response;
    }

    /// <summary>The error for an answer that was not whole in time; it keeps what was received.</summary>
    public SocketTimeoutException TimedOut(int milliseconds) => new(
        $"{EndPoint} accepted the connection, but its answer was not whole within {milliseconds} ms " +
        $"({_received.BytesReceived} bytes came; ETIMEDOUT). Check the service, or allow more time.", EndPoint)
    {
        PartialResult = Response,
    };

    /// <summary>The error for a connection that failed under the exchange; it keeps what was received.</summary>
    public SocketToolsException Failed(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socketError)
                return Failed(Failure.Of(socketError.SocketErrorCode), inner);
        }
        return Failed(Failure.Because(Reason.TlsFailed), error);
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[FirstRead];
        while (true)
        {
            var room = _received.Room;
            if (room.Count < FirstRead)
                room = new ArraySegment<byte>(buffer);
            var count = await stream.ReadAsync(room.Array!, room.Offset, room.Count).ConfigureAwait(false);
            if (count == 0)
                _received.Close();
            if (count == 0 || !_received.Take(room.Array!, room.Offset, count))
                return;
            if (room.Array == buffer && count == buffer.Length && count < LargestRead)
                buffer = new byte[LargestRead];
        }
    }

    private SocketOperationException Failed(Failure failure, Exception error)
    {
        var what = failure.ErrorName is { } name ? $"{failure.Reason} ({name})" : $"{error.GetBaseException().Message.TrimEnd('.')}";
        return new SocketOperationException(
            $"{EndPoint} failed after {_received.BytesReceived} bytes of its answer: {what}. {Remedy.For(failure.Reason)}", EndPoint, failure, error)
        {
            PartialResult = Response,
        };
    }

    private SocketOperationException Failed(ResponseFault fault)
    {
        var where = fault.Reason == Reason.ProtocolViolation ? $" (at byte {fault.Offset})" : "";
        var start = _received.UnfinishedHead is { Length: > 0 } head && fault.Reason == Reason.ProtocolViolation
            ? $"; its answer starts with '{PrintableText.Excerpt(head)}'"
            : "";
        return new SocketOperationException(
            $"{EndPoint} {fault.Why}{where}{start}. {Remedy.For(fault.Reason)}", EndPoint, Failure.Because(fault.Reason))
        {
            PartialResult = Response,
        };
    }
}
