using System;
using System.Diagnostics;
using System.Text;
using System.Threading;

namespace SocketTools;

/// <summary>Something to send, and when the answer to it is whole.</summary>
internal sealed class SocketRequest
{
    private readonly byte[] _bytes;
    private readonly Func<ReceiveRule> _rule;
    private readonly int _maximumBytes;
    private readonly Encoding _encoding;

    /// <param name="bytes">What to send; nothing when empty, as to a server that speaks first.</param>
    /// <param name="rule">Makes the rule for an answer.</param>
    /// <param name="maximumBytes">How large an answer may be.</param>
    /// <param name="encoding">What its text is in.</param>
    public SocketRequest(byte[] bytes, Func<ReceiveRule> rule, int maximumBytes, Encoding encoding)
    {
        _bytes = bytes;
        _rule = rule;
        _maximumBytes = maximumBytes;
        _encoding = encoding;
    }

    /// <summary>Sends it and receives the answer, on this thread; the connection stays open.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isNew">Whether it was opened for this.</param>
    /// <param name="milliseconds">How long both may take.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <exception cref="SocketToolsException">There is no whole answer; PartialResult is a <see cref="SocketReply"/> with what came.</exception>
    public SocketReply Run(SocketConnection connection, bool isNew, int milliseconds, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = started;
        var limit = new WaitLimit(milliseconds, cancellation);
        try
        {
            if (_bytes.Length > 0)
                connection.Send(_bytes, _bytes.Length, null, limit);
            sent = Stopwatch.GetTimestamp();
            if (connection.IsDatagram)
                return Reply(connection.ReceiveDatagram(_encoding, waits: true, limit)!.Data, ReceiveEnd.Datagram);
            var rule = _rule();
            var message = connection.Receive(rule, _maximumBytes, limit);
            if (message is { Bytes.Length: 0, End: ReceiveEnd.PeerClosed } && rule.Kind is not (ReceiveEnd.PeerClosed or ReceiveEnd.Available))
            {
                throw new SocketOperationException(
                    $"{connection.EndPoint} ended the connection without an answer. {Remedy.For(Reason.ConnectionClosed)}",
                    connection.EndPoint, Failure.Because(Reason.ConnectionClosed));
            }
            return Reply(message.Bytes!, message.End);
        }
        catch (SocketToolsException error)
        {
            error.PartialResult = Reply(error.PartialResult as byte[] ?? [], EndOf(error.Reason));
            throw;
        }

        SocketReply Reply(byte[] received, ReceiveEnd end) => new(connection, _bytes, received, end, _encoding)
        {
            ConnectMs = isNew ? connection.ConnectMs : null,
            FirstByteMs = connection.FirstByteAt > sent ? Milliseconds(connection.FirstByteAt - sent) : null,
            ElapsedMs = Milliseconds(Stopwatch.GetTimestamp() - started) + (isNew ? connection.ConnectMs : 0),
        };
    }

    private static ReceiveEnd EndOf(Reason reason) => reason switch
    {
        Reason.TimedOut => ReceiveEnd.TimedOut,
        Reason.ConnectionClosed => ReceiveEnd.PeerClosed,
        Reason.LimitExceeded => ReceiveEnd.LimitExceeded,
        _ => ReceiveEnd.Failed,
    };

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
