using System;

namespace SocketTools;

/// <summary>One direction of a UDP server, on which things go wrong: a datagram arrives as it is, or late, damaged, or not at all.</summary>
internal sealed class DatagramLine
{
    private readonly ConnectionDesk _desk;
    private readonly FaultDirection _direction;
    private readonly LaterWork _later;
    private readonly Action<DatagramPeer, byte[], int, int> _arrive;
    private readonly Random _random = new();

    /// <param name="desk">The server's, which knows what goes wrong now.</param>
    /// <param name="direction">In or Out.</param>
    /// <param name="later">Where what is late waits.</param>
    /// <param name="arrive">Takes what gets through.</param>
    public DatagramLine(ConnectionDesk desk, FaultDirection direction, LaterWork later, Action<DatagramPeer, byte[], int, int> arrive)
    {
        _desk = desk;
        _direction = direction;
        _later = later;
        _arrive = arrive;
    }

    /// <summary>Passes a datagram on, which is copied when it must wait.</summary>
    public void Pass(DatagramPeer peer, byte[] bytes, int offset, int count)
    {
        if (!_desk.HasFaults || (_direction == FaultDirection.In ? _desk.FaultsIn : _desk.FaultsOut) is var faults && !Concerns(faults))
        {
            _arrive(peer, bytes, offset, count);
            return;
        }
        if (faults.NoAnswer || _random.NextDouble() < faults.DropRate)
            return;
        var spoilt = new byte[Math.Min(count, faults.TruncateAfterBytes ?? count)];
        Buffer.BlockCopy(bytes, offset, spoilt, 0, spoilt.Length);
        if (faults.CorruptionRate > 0)
            Corruption.Apply(spoilt, 0, spoilt.Length, faults.CorruptionRate, _random);
        if (DelayOf(faults, peer, spoilt.Length) is > 0 and var delay)
            _later.Add(LaterWork.Now + delay, spoilt.Length, () => Arrive(peer, spoilt));
        else
            _arrive(peer, spoilt, 0, spoilt.Length);
    }

    private void Arrive(DatagramPeer peer, byte[] bytes)
    {
        if (!peer.IsForgotten)
            _arrive(peer, bytes, 0, bytes.Length);
    }

    private bool Concerns(SocketFaults faults) => faults.IsActive && _random.NextDouble() < faults.Probability;

    private double DelayOf(SocketFaults faults, DatagramPeer peer, int count)
    {
        var delay = Math.Max(0, faults.LatencyMilliseconds + (((2 * _random.NextDouble()) - 1) * faults.JitterMilliseconds));
        if (faults.BytesPerSecond == 0)
            return delay;
        // What is being sent before it, and its own time on the line.
        ref var freeAt = ref peer.FreeAt[_direction == FaultDirection.In ? 0 : 1];
        freeAt = Math.Max(freeAt, LaterWork.Now) + (count * 1000.0 / faults.BytesPerSecond);
        return delay + freeAt - LaterWork.Now;
    }
}
