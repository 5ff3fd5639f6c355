using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One port of one host while it is probed: which of the host's addresses is next, and the best answer so far.</summary>
internal sealed class PortTarget : ConnectAttempt
{
    private const int MostMeetings = 8;

    private HostScan _host = null!;
    private int _port;
    private int _addressIndex;
    private int _attempts;
    private long _timeout;
    private long _deadline;
    private long _starvesAt;
    private SocketError _bestError;
    private IPAddress? _bestAddress;
    private double? _bestLatencyMs;

    public HostScan Host => _host;

    /// <summary>Whether this side has been short of something for so long that the target cannot be probed.</summary>
    public bool HasStarved => _starvesAt != 0 && Stopwatch.GetTimestamp() >= _starvesAt;

    public void Begin(HostScan host, int port, TimeSpan timeout)
    {
        _timeout = (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        _host = host;
        _port = port;
        _addressIndex = 0;
        _attempts = 0;
        _deadline = Stopwatch.GetTimestamp() + _timeout;
        _starvesAt = 0;
        _bestAddress = null;
        Aim();
    }

    /// <summary>Takes note that the connect could not be sent for want of something on this side.</summary>
    public void Starve()
    {
        _attempts++;
        if (_starvesAt == 0)
            _starvesAt = Stopwatch.GetTimestamp() + _timeout;
    }

    /// <summary>Gives a target that could not be probed before its whole time.</summary>
    public void BeginAgain()
    {
        _deadline = Stopwatch.GetTimestamp() + _timeout;
        Aim();
    }

    /// <summary>Makes the next usable address the one to connect to, with its share of the time that is left.</summary>
    /// <returns>False when all have been tried.</returns>
    private bool Aim()
    {
        while (_addressIndex < _host.Addresses.Count && _host.IsDropped(_addressIndex))
            _addressIndex++;
        if (_addressIndex == _host.Addresses.Count)
            return false;
        var now = Stopwatch.GetTimestamp();
        var share = Math.Max(0, _deadline - now) / (_host.Addresses.Count - _addressIndex);
        ExpiresAt = now + share;
        RemoteEndPoint = new IPEndPoint(_host.Addresses[_addressIndex], _port);
        return true;
    }

    /// <summary>Takes the answer of the address that was connected to, and goes on to the next one.</summary>
    /// <returns>True when the target is decided.</returns>
    public bool Learn()
    {
        _attempts++;
        if (PortStates.IsAddressUnusable(Error))
            _host.Drop(RemoteEndPoint.Address);
        if (_bestAddress is null || PortStates.TellsMore(PortStates.Of(Error), PortStates.Of(_bestError)))
        {
            _bestError = Error;
            _bestAddress = RemoteEndPoint.Address;
            _bestLatencyMs = PortStates.Of(Error) is PortState.Open or PortState.Closed
                ? (EndedAt - StartedAt) * 1000.0 / Stopwatch.Frequency
                : null;
        }
        _addressIndex++;
        return Error == SocketError.Success || Stopwatch.GetTimestamp() >= _deadline || !Aim();
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

    public PortState State => PortStates.Of(_bestError);

    public TcpPortResult ToResult() =>
        new(_host.ComputerName, _bestAddress?.ToString(), _port, State, Failure.Of(_bestError), _bestLatencyMs, _attempts);
}
