using System.Diagnostics;
using System.Net.Sockets;

namespace SocketTools.Tests;

public sealed class LatencySeriesTests
{
    private readonly LatencySeries _series = new("db1", 5432);

    [Fact]
    public void Samples_stand_in_the_order_of_sending_however_they_end()
    {
        Add(2, SocketError.TimedOut, null);
        Add(3, SocketError.Success, 3);
        Assert.Equal([null, 3], _series.ToStatistics().Samples);

        Add(1, SocketError.Success, 1);
        Assert.Equal([1, null, 3], _series.ToStatistics().Samples);
    }

    [Fact]
    public void What_could_not_be_sent_is_no_sample()
    {
        Add(1, SocketError.TooManyOpenSockets, null);
        Add(2, SocketError.Success, 2);

        var statistics = _series.ToStatistics();

        Assert.Equal([2], statistics.Samples);
        Assert.Equal((PortState.Open, Reason.Connected), (statistics.State, statistics.Reason));
    }

    [Fact]
    public void The_state_is_the_one_that_tells_the_most()
    {
        Add(1, SocketError.TimedOut, null);
        Assert.Equal(PortState.Filtered, _series.ToStatistics().State);
        Add(2, SocketError.ConnectionRefused, 1);
        Assert.Equal(PortState.Closed, _series.ToStatistics().State);
        Add(3, SocketError.Success, 1);
        Add(4, SocketError.ConnectionRefused, 1);
        Assert.Equal(PortState.Open, _series.ToStatistics().State);
    }

    private void Add(int sequence, SocketError error, double? latencyMs) => _series.Add(
        "192.0.2.1",
        sequence,
        new LatencyAnswer(PortStates.Of(error, TransportProtocol.Tcp), Failure.Of(error), latencyMs, Stopwatch.GetTimestamp()));
}
