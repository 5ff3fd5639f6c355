using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>A DNS server to ask: by datagrams, and over TCP what does not fit in one (RFC 1035 section 4.2).</summary>
internal sealed class DnsServer : IDisposable
{
    /// <summary>More questions at once are lost in the buffers of servers, and take longer than fewer.</summary>
    public const int MostQuestions = 64;

    private static readonly Failure TimedOut = Failure.TimedOut with { Reason = Reason.ResolutionTimedOut };
    private static readonly Failure Broken = new(Reason.ProtocolViolation, "EBADMSG", null);

    private readonly AttemptsUnderWay _underWay = new();
    private readonly DescriptorBudget.Lease _lease = DescriptorBudget.Take(MostQuestions);
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly Stack<DnsLane> _idle = new();
    private readonly SemaphoreSlim _turns;
    private int _asked;

    public DnsServer(IPEndPoint endPoint)
    {
        EndPoint = endPoint;
        _turns = new SemaphoreSlim(_lease.Granted);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Asks a question. The time starts when it is the question's turn.</summary>
    public async Task<DnsReply> AskAsync(DnsQuestion question, TimeSpan time, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var deadline = new Deadline((int)time.TotalMilliseconds);
            var reply = await AskByDatagramAsync(question, deadline, cancellation).ConfigureAwait(false)
                ?? await AskByStreamAsync(question, deadline, cancellation).ConfigureAwait(false);
            return reply with { Took = TimeSpan.FromMilliseconds(deadline.ElapsedMs) };
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Closes what is open; what is under way ends.</summary>
    public void Dispose()
    {
        _underWay.Dispose();
        lock (_idle)
        {
            while (_idle.Count > 0)
                _idle.Pop().Close();
        }
        _lease.Dispose();
        _random.Dispose();
    }

    /// <returns>Null when the answer does not fit in a datagram.</returns>
    private async Task<DnsReply?> AskByDatagramAsync(DnsQuestion question, Deadline deadline, CancellationToken cancellation)
    {
        var extended = true;
        string? fault = null;
        do
        {
            var datagram = await AskOnceAsync(question, extended, deadline.Remaining, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            fault = datagram.Fault ?? fault;
            if (datagram.Reply is { } message)
            {
                var header = new DnsHeader(message);
                if (header.IsTruncated)
                    return null;
                if (!header.IsNotUnderstood || !extended)
                    return Read(message);
                extended = false;
            }
            else if (datagram.Error != SocketError.TimedOut)
            {
                return Failed(Failure.OfDatagram(datagram.Error));
            }
        }
        while (!deadline.HasPassed);
        return Failed(fault is null ? TimedOut : new Failure(Reason.WrongAnswer, fault, null));
    }

    private async Task<DnsDatagram> AskOnceAsync(DnsQuestion question, bool extended, TimeSpan time, CancellationToken cancellation)
    {
        DnsLane? lane = null;
        lock (_idle)
            _asked++;
        try
        {
            lane = TakeLane();
            return await lane.AskAsync(question, NextId(), extended, time, cancellation).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            return new DnsDatagram(null, error.SocketErrorCode, null);
        }
        finally
        {
            PutBack(lane);
        }
    }

    private async Task<DnsReply> AskByStreamAsync(DnsQuestion question, Deadline deadline, CancellationToken cancellation)
    {
        try
        {
            var id = NextId();
            var message = await DnsStream.AskAsync(EndPoint, question.ToMessage(id, extended: true), deadline, cancellation).ConfigureAwait(false);
            var fault = question.FaultOf(message, message.Length, id);
            var reply = fault is null ? Read(message) : Failed(new Failure(Reason.WrongAnswer, fault, null));
            return reply with { OverTcp = true };
        }
        catch (SocketException error)
        {
            return Failed(error.SocketErrorCode == SocketError.TimedOut ? TimedOut : Failure.Of(error.SocketErrorCode)) with { OverTcp = true };
        }
    }

    private DnsReply Read(byte[] message)
    {
        var header = new DnsHeader(message);
        if (header.IsTruncated)
            return Failed(Broken);
        try
        {
            return new DnsReply(EndPoint, header.Failure, header.Answers == 0 ? [] : DnsLibrary.Reader.ReadAnswers(message));
        }
        catch (FormatException)
        {
            return Failed(Broken);
        }
    }

    private DnsReply Failed(Failure failure) => new(EndPoint, failure, []);

    private DnsLane TakeLane()
    {
        lock (_idle)
        {
            if (_idle.Count > 0)
                return _idle.Pop();
        }
        return new DnsLane(EndPoint, _underWay);
    }

    // When nobody asks any more, nothing stays open.
    private void PutBack(DnsLane? lane)
    {
        lock (_idle)
        {
            if (lane is { IsWorn: false })
                _idle.Push(lane);
            else
                lane?.Close();
            if (--_asked > 0)
                return;
            while (_idle.Count > 0)
                _idle.Pop().Close();
        }
    }

    private ushort NextId()
    {
        var bytes = new byte[2];
        lock (_random)
            _random.GetBytes(bytes);
        return (ushort)((bytes[0] << 8) | bytes[1]);
    }
}
