using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One port of one host while it is probed: which of the host's addresses is next, how often it was tried, and
/// the best answer so far. Only the time of its connects counts, not the time in a queue between them.</summary>
internal sealed class PortTarget : ConnectAttempt
{
    private const int MostMeetings = 8;
    private const int LastTryShare = 6;

    private HostScan _host = null!;
    private PortScanOptions _options = null!;
    private int _port;
    private int _addressIndex;
    private int _triesOfAddress;
    private int _attempts;
    private int _mostTries;
    private long _timeout;
    private long _timeLeft;
    private long _timeLeftForAddress;
    private long _wait;
    private long _starvesAt;
    private SocketError _bestError;
    private IPAddress? _bestAddress;
    private double? _bestLatencyMs;
    private byte[]? _bestReply;

    public HostScan Host => _host;

    /// <summary>The best answer so far.</summary>
    public PortState State { get; private set; }

    /// <summary>Whether this side has been short of something for so long that the target cannot be probed.</summary>
    public bool HasStarved => _starvesAt != 0 && Stopwatch.GetTimestamp() >= _starvesAt;

    /// <summary>What is left of the target's time.</summary>
    public TimeSpan TimeLeft => TimeSpan.FromSeconds(Math.Max(0, _timeLeft) / (double)Stopwatch.Frequency);

    /// <summary>How many probes the last answer took.</summary>
    public int TriesForAnswer { get; private set; }

    private bool IsDatagram => _options.Protocol == TransportProtocol.Udp;

    private Failure Why => IsDatagram ? Failure.OfDatagram(_bestError) : Failure.Of(_bestError);

    private double LatencyMs => (EndedAt - StartedAt) * 1000.0 / Stopwatch.Frequency;

    public void Begin(HostScan host, int port, PortScanOptions options)
    {
        _host = host;
        _options = options;
        _port = port;
        Source = options.Source;
        KeepsConnection = options.ReadBanner;
        Request = IsDatagram ? options.RequestFor!(port) : null;
        _timeout = _timeLeft = (long)(options.Timeout.TotalSeconds * Stopwatch.Frequency);
        _mostTries = options.RetryCount is { } retries ? retries + 1 : int.MaxValue;
        _addressIndex = -1;
        _attempts = 0;
        _starvesAt = 0;
        _bestAddress = null;
        _bestReply = null;
        GoToNextAddress();
    }

    /// <summary>Makes the attempt ready to be sent off now.</summary>
    public void Aim()
    {
        var path = _host.PathTo(_addressIndex);
        Sends = 1;
        if (IsDatagram)
        {
            MostSends = MostTries(path);
            Wait(_timeLeftForAddress);
            return;
        }
        var triesLeft = Math.Max(1, MostTries(path) - _triesOfAddress);
        var wait = _mostTries == 1 ? _timeout : path.TimeoutWithin(_timeLeftForAddress / triesLeft);
        // The last try waits longer: for a port that answers later than its host's others do.
        if (triesLeft == 1)
            wait = Math.Max(wait, _timeout / LastTryShare);
        Wait(Math.Min(wait, _timeLeftForAddress));
    }

    /// <summary>Takes the outcome of an attempt.</summary>
    /// <returns>True when the target is decided; false when it is to be sent off again.</returns>
    public bool Learn(IConnector connector)
    {
        if (!PortStates.IsLocalShortage(Error))
            _attempts += Sends;
        _triesOfAddress += Sends;
        // A process that was held up finds a time-out late; that is not the target's time.
        Spend(Error == SocketError.TimedOut ? _wait : EndedAt - StartedAt);
        TriesForAnswer = 0;
        if (Error == SocketError.TimedOut && !IsDatagram && _timeLeftForAddress > 0 && _triesOfAddress < MostTries(_host.PathTo(_addressIndex)))
            return false;
        var isLocal = PortStates.MayBeLocal(Error) && !connector.HasRouteTo(RemoteEndPoint.Address, Source);
        if (isLocal)
            _host.Drop(_addressIndex);
        var state = isLocal ? PortState.Unknown : PortStates.Of(Error, _options.Protocol);
        var isAnswer = state is PortState.Open or PortState.Closed;
        if (isAnswer)
        {
            TriesForAnswer = _triesOfAddress;
            _host.PathTo(_addressIndex).Learn(_triesOfAddress, EndedAt <= ExpiresAt ? LatencyMs : null);
        }
        if (_bestAddress is null || PortStates.TellsMore(state, State))
        {
            State = state;
            _bestError = Error;
            _bestAddress = RemoteEndPoint.Address;
            _bestLatencyMs = isAnswer ? LatencyMs : null;
            _bestReply = Reply;
        }
        return state == PortState.Open || !GoToNextAddress();
    }

    /// <summary>Takes note of a connect that met itself: it is sent again, from another local port.</summary>
    /// <returns>False when it keeps meeting itself, which shows that nothing listens there.</returns>
    public bool MeetAgain()
    {
        if (++_attempts < MostMeetings)
            return true;
        _attempts--;
        Error = SocketError.ConnectionRefused;
        return false;
    }

    /// <summary>Takes note that the connect could not be sent for want of something on this side.</summary>
    public void Starve()
    {
        if (_starvesAt == 0)
            _starvesAt = Stopwatch.GetTimestamp() + _timeout;
    }

    /// <summary>Takes what the open port said on its connection.</summary>
    public void TakeBanner(byte[]? banner) => _bestReply = banner;

    public PortAnswer ToAnswer() =>
        new(_host.Work, _bestAddress?.ToString(), _port, State, Why, _bestLatencyMs, _attempts, _host.NameOf(_bestAddress), _bestReply);

    private int MostTries(PathEstimate path) => Math.Min(_mostTries, path.TriesForSilence);

    private bool GoToNextAddress()
    {
        do
            _addressIndex++;
        while (_addressIndex < _host.Addresses.Count && _host.IsDropped(_addressIndex));
        if (_addressIndex == _host.Addresses.Count || _timeLeft <= 0)
            return false;
        _triesOfAddress = 0;
        _timeLeftForAddress = _timeLeft / (_host.Addresses.Count - _addressIndex);
        RemoteEndPoint = new IPEndPoint(_host.Addresses[_addressIndex], _port);
        return true;
    }

    private void Wait(long time)
    {
        _wait = time;
        ExpiresAt = Stopwatch.GetTimestamp() + time;
    }

    private void Spend(long time)
    {
        _timeLeft -= time;
        _timeLeftForAddress -= time;
    }
}
