using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Sockets;

namespace SocketTools.Tests;

public sealed class WaitedPortTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Pauses_double_up_to_the_interval()
    {
        var port = Make(new PortWaitOptions { Interval = TimeSpan.FromMilliseconds(1600) });

        Assert.Equal([100, 200, 400, 800, 1600, 1600], Pauses(port, 6, SocketError.ConnectionRefused));
    }

    [Fact]
    public void A_port_that_is_to_stay_open_is_asked_at_the_interval()
    {
        var port = Make(new PortWaitOptions { Interval = TimeSpan.FromMilliseconds(1600), StableCount = 3 });

        Assert.Equal([1600, 1600], Pauses(port, 2, SocketError.Success));
        Assert.False(port.IsReached);
        Learn(port, SocketError.Success, Plenty);
        Assert.True(port.IsReached);
    }

    [Fact]
    public void Successes_count_only_in_a_row()
    {
        var port = Make(new PortWaitOptions { StableCount = 2 });

        Learn(port, SocketError.Success, Plenty);
        Learn(port, SocketError.ConnectionRefused, Plenty);
        Learn(port, SocketError.Success, Plenty);
        Assert.False(port.IsReached);
        Learn(port, SocketError.Success, Plenty);
        Assert.True(port.IsReached);
    }

    [Fact]
    public void Silence_counts_when_it_had_its_time()
    {
        var port = Make(new PortWaitOptions { States = [PortState.Closed, PortState.Filtered] });

        Learn(port, SocketError.TimedOut, Little);
        Assert.False(port.IsReached);
        Learn(port, SocketError.TimedOut, Plenty);
        Assert.True(port.IsReached);
    }

    [Fact]
    public void A_whole_wait_that_is_shorter_than_an_attempt_is_the_time_of_one()
    {
        var port = Make(new PortWaitOptions { States = [PortState.Filtered], Total = Little });

        Learn(port, SocketError.TimedOut, Little);

        Assert.True(port.IsReached);
    }

    [Fact]
    public void Silence_that_had_no_time_does_not_take_the_place_of_an_answer()
    {
        var port = Make(new PortWaitOptions());

        Assert.True(Learn(port, SocketError.ConnectionRefused, Plenty));
        Assert.False(Learn(port, SocketError.ConnectionRefused, Plenty));
        Assert.False(Learn(port, SocketError.TimedOut, Little));
        Assert.Equal("db1:5432 Closed (ConnectionRefused, ECONNREFUSED)", port.ToString());
        Assert.True(Learn(port, SocketError.TimedOut, Plenty));
        Assert.Equal("db1:5432 Filtered (TimedOut, ETIMEDOUT)", port.ToString());
    }

    [Fact]
    public void The_failure_says_what_was_waited_for_what_was_found_and_what_to_do()
    {
        var port = Make(new PortWaitOptions { Total = TimeSpan.FromSeconds(2.5), StableCount = 3 });
        Learn(port, SocketError.ConnectionRefused, Plenty);

        var error = port.TimedOut();

        Assert.StartsWith(
            "db1:5432 was not Open 3 times in a row within 2.5 s: it was last Closed (ConnectionRefused, ECONNREFUSED). The host is up",
            error.Message);
        Assert.Equal(("db1:5432", Reason.TimedOut), (error.EndPoint, error.Reason));
        Assert.Equal(PortState.Closed, Assert.IsType<TcpPortResult>(error.PartialResult).State);
    }

    [Fact]
    public void The_failure_of_a_port_that_stays_open_does_not_call_it_down()
    {
        var port = Make(new PortWaitOptions { States = [PortState.Closed, PortState.Filtered] });
        Learn(port, SocketError.Success, Plenty);

        Assert.StartsWith(
            "db1:5432 was not Closed or Filtered within 60 s: it was last Open (Connected). Something still listens", port.TimedOut().Message);
    }

    [Fact]
    public void The_failure_of_a_port_that_told_nothing_says_so() =>
        Assert.Contains("there was no answer yet", Make(new PortWaitOptions()).TimedOut().Message);

    private static WaitedPort Make(PortWaitOptions options) => new(new HostTarget("db1", 5432), options);

    private static List<double> Pauses(WaitedPort port, int count, SocketError error)
    {
        var pauses = new List<double>();
        for (var i = 0; i < count; i++)
        {
            port.Begin(1_000_000, Plenty);
            Learn(port, error);
            pauses.Add(Math.Round((port.DueAt - 1_000_000) * 1000.0 / Stopwatch.Frequency, 3));
        }
        return pauses;
    }

    private static bool Learn(WaitedPort port, SocketError error, TimeSpan left)
    {
        port.Begin(0, left);
        return Learn(port, error);
    }

    private static bool Learn(WaitedPort port, SocketError error) =>
        port.Learn(new PortAnswer(new HostWork("db1"), "192.0.2.1", 5432, PortStates.Of(error, TransportProtocol.Tcp), Failure.Of(error), null, 1));
}
