using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Sends single connects and times their answers; any number at once.</summary>
internal sealed class LatencyProbe
{
    private const int MostMeetings = 8;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly IConnector _connector;
    private readonly CancellationToken _cancellation;

    public LatencyProbe(IConnector connector, CancellationToken cancellation)
    {
        _connector = connector;
        _cancellation = cancellation;
        connector.Ended = static attempt => ((Attempt)attempt).End();
    }

    /// <summary>Sends a connect and waits for its answer. One that met itself is sent again, and so is one that could not be
    /// sent for want of something on this side, until the time is over; one that was not answered is not.</summary>
    public async Task<LatencyAnswer> ConnectAsync(IPEndPoint endPoint, TimeSpan timeout)
    {
        var limit = (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        var attempt = new Attempt { RemoteEndPoint = endPoint };
        var meetings = 0;
        var givesUpAt = Stopwatch.GetTimestamp() + limit;
        while (true)
        {
            await SendAsync(attempt, limit).ConfigureAwait(false);
            if (attempt is { Error: SocketError.Success, MetItself: true })
            {
                if (++meetings == MostMeetings)
                    return new LatencyAnswer(PortState.Closed, Failure.Of(SocketError.ConnectionRefused), null, attempt.StartedAt);
            }
            else if (IsShortage(attempt) && Stopwatch.GetTimestamp() < givesUpAt)
            {
                await Task.Delay(Pause, _cancellation).ConfigureAwait(false);
            }
            else
            {
                return AnswerOf(attempt, limit);
            }
        }
    }

    /// <summary>Makes connects that nobody hears of, to a port of loopback that this process holds: the first of a process take
    /// milliseconds longer, for what is compiled and started for them.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var endPoint = (IPEndPoint)listener.LocalEndPoint!;
            // A refusal, a handshake and, on Linux, where the queue is full then, silence.
            await ConnectAsync(endPoint, WarmUpTime).ConfigureAwait(false);
            listener.Listen(0);
            await ConnectAsync(endPoint, WarmUpTime).ConfigureAwait(false);
            await ConnectAsync(endPoint, WarmUpTime).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // Where there is no such port, the first samples take longer.
        }
    }

    private async Task SendAsync(Attempt attempt, long limit)
    {
        attempt.Begin(Stopwatch.GetTimestamp() + limit);
        if (_connector.Connect(attempt))
            await attempt.Ended.ConfigureAwait(false);
        _cancellation.ThrowIfCancellationRequested();
    }

    private bool IsShortage(Attempt attempt) =>
        PortStates.IsLocalShortage(attempt.Error) &&
        (attempt.Error != SocketError.AddressNotAvailable || _connector.HasRouteTo(attempt.RemoteEndPoint.Address, null));

    private LatencyAnswer AnswerOf(Attempt attempt, long limit)
    {
        var time = attempt.EndedAt - attempt.StartedAt;
        // What is found answered when the time was over already may be an answer to the system's second try.
        var error = time > limit ? SocketError.TimedOut : attempt.Error;
        var isLocal = PortStates.MayBeLocal(error) && !_connector.HasRouteTo(attempt.RemoteEndPoint.Address, null);
        var state = isLocal ? PortState.Unknown : PortStates.Of(error, TransportProtocol.Tcp);
        double? latency = state is PortState.Open or PortState.Closed ? time * 1000.0 / Stopwatch.Frequency : null;
        return new LatencyAnswer(state, Failure.Of(error), latency, attempt.StartedAt, IsShortage(attempt));
    }

    private sealed class Attempt : ConnectAttempt
    {
        private TaskCompletionSource<bool> _ended = null!;

        public Task Ended => _ended.Task;

        public void Begin(long expiresAt)
        {
            ExpiresAt = expiresAt;
            _ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void End() => _ended.TrySetResult(true);
    }
}
