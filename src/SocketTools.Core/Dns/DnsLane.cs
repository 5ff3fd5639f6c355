using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>How an exchange of datagrams ended.</summary>
/// <param name="Reply">The answer, of exactly its length; null when there is none.</param>
/// <param name="Error">What the network said when there is none.</param>
/// <param name="Fault">What was wrong with the last message that came and was no answer to the question, or null.</param>
internal readonly record struct DnsDatagram(byte[]? Reply, SocketError Error, string? Fault);

/// <summary>A datagram socket that is connected to a server, so that nothing but what comes from there arrives, and carries one
/// question at a time.</summary>
/// <remarks>A socket a question costs more than the question; a socket for all of them would make its port known to who wants to
/// answer in the server's place (RFC 5452 section 9.2). One is used some times, and never again after something odd.</remarks>
internal sealed class DnsLane : SocketAsyncEventArgs, IAttemptUnderWay
{
    private const int MostQuestions = 32;
    private const int LargestReply = 4096;
    private const int FirstWaitMilliseconds = 1000;
    private const int Shares = 15; // 1 + 2 + 4 + 8: sent four times, each wait twice as long as the one before

    private readonly AttemptsUnderWay _underWay;
    private readonly Socket _socket;
    private DnsQuestion? _question;
    private byte[] _message = [];
    private ushort _id;
    private TaskCompletionSource<DnsDatagram>? _ended;
    private long _expiresAt;
    private long _sendsAgainAt;
    private long _wait;
    private int _asked;
    private bool _isWorn;
    private string? _fault;
    private SocketError _abortedWith;

    /// <exception cref="SocketException">This side cannot open the socket.</exception>
    public DnsLane(IPEndPoint server, AttemptsUnderWay underWay)
    {
        _underWay = underWay;
        SetBuffer(new byte[LargestReply], 0, LargestReply);
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            DatagramErrors.TellAll(_socket);
            _socket.Connect(server);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether another question may go this way.</summary>
    public bool IsWorn => _isWorn || _asked >= MostQuestions;

    /// <summary>Asks, again and again while nothing comes, until an answer comes or the time is over. Once something has come that
    /// is no answer it does not ask again: whoever sent it may know the port and guess on.</summary>
    public async Task<DnsDatagram> AskAsync(DnsQuestion question, ushort id, bool extended, TimeSpan time, CancellationToken cancellation)
    {
        Prepare(question, id, extended, time);
        var ended = _ended = new TaskCompletionSource<DnsDatagram>();
        using (cancellation.Register(static lane => ((DnsLane)lane!).Abort(SocketError.OperationAborted), this))
        {
            Start();
            return await ended.Task.ConfigureAwait(false);
        }
    }

    public void LookAfter(long now)
    {
        if (_expiresAt <= now)
        {
            Abort(SocketError.TimedOut);
            return;
        }
        if (_sendsAgainAt > now)
            return;
        _wait *= 2;
        _sendsAgainAt = now + _wait;
        if (_fault is not null)
        {
            Abort(SocketError.TimedOut);
            return;
        }
        // The answers to both may come.
        _isWorn = true;
        try
        {
            Send();
        }
        catch (SocketException error)
        {
            Abort(error.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            // It has been aborted, and its end is on its way.
        }
    }

    public void Abort(SocketError because)
    {
        _isWorn = true;
        _abortedWith = because;
        _socket.Dispose();
    }

    /// <summary>Closes the socket.</summary>
    public void Close()
    {
        _socket.Dispose();
        Dispose();
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (!HasEnded())
            Listen();
    }

    private void Prepare(DnsQuestion question, ushort id, bool extended, TimeSpan time)
    {
        _question = question;
        _id = id;
        _message = question.ToMessage(id, extended);
        _asked++;
        _fault = null;
        var now = Stopwatch.GetTimestamp();
        var ticks = (long)(time.TotalSeconds * Stopwatch.Frequency);
        _expiresAt = now + ticks;
        _wait = Math.Min(ticks / Shares, Stopwatch.Frequency * FirstWaitMilliseconds / 1000);
        _sendsAgainAt = now + _wait;
    }

    private void Start()
    {
        try
        {
            Send();
            if (_underWay.TryEnter(this))
                Listen();
            else
                End(null, SocketError.OperationAborted);
        }
        catch (SocketException error)
        {
            End(null, error.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            End(null, _abortedWith);
        }
    }

    private void Send()
    {
        try
        {
            _socket.Send(_message);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            // Lost on this side: it is sent again as if lost on the way.
        }
    }

    private void Listen()
    {
        try
        {
            while (!_socket.ReceiveAsync(this))
            {
                if (HasEnded())
                    return;
            }
        }
        catch (ObjectDisposedException)
        {
            End(null, _abortedWith);
        }
    }

    private bool HasEnded()
    {
        switch (SocketError)
        {
            case SocketError.Success or SocketError.MessageSize:
                var fault = _question!.FaultOf(Buffer!, BytesTransferred, _id);
                if (fault is null)
                    End(Reply(), SocketError.Success);
                else
                    _fault = fault;
                return fault is null;
            case SocketError.OperationAborted or SocketError.Interrupted when _abortedWith != SocketError.Success:
                End(null, _abortedWith);
                return true;
            default:
                End(null, SocketError);
                return true;
        }
    }

    // Of a datagram that fills the buffer the rest may be lost.
    private byte[] Reply()
    {
        var reply = new byte[BytesTransferred];
        System.Buffer.BlockCopy(Buffer!, 0, reply, 0, reply.Length);
        if (reply.Length == LargestReply)
            DnsHeader.Truncate(reply);
        return reply;
    }

    private void End(byte[]? reply, SocketError error)
    {
        _underWay.Leave(this);
        _isWorn |= reply is null || _fault is not null;
        // Windows' word for a refusal.
        _ended!.SetResult(new DnsDatagram(reply, error == SocketError.ConnectionReset ? SocketError.ConnectionRefused : error, _fault));
    }
}
