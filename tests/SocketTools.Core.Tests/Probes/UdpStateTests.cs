using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What a network says of a datagram, and what that makes of the port.</summary>
public sealed class UdpStateTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("10.77.0.2", PortState.Closed, Reason.PortUnreachable, "ECONNREFUSED")]
    [InlineData("10.99.1.1", PortState.Filtered, Reason.HostUnreachable, "EHOSTUNREACH")] // Linux tells ICMP code 13 so
    [InlineData("10.99.2.1", PortState.Filtered, Reason.HostUnreachable, "EHOSTUNREACH")]
    [InlineData("10.99.3.1", PortState.OpenOrFiltered, Reason.TimedOut, "ETIMEDOUT")]
    [InlineData("fd77::2", PortState.Closed, Reason.PortUnreachable, "ECONNREFUSED")]
    [InlineData("fd99:1::1", PortState.Filtered, Reason.ProhibitedByFirewall, "EACCES")]
    public Task What_the_network_says_is_the_state(string address, PortState state, Reason reason, string errorName) => OwnNetwork.RunAsync(() =>
    {
        using var far = new FarNetwork();
        foreach (var fromAnyPort in new[] { false, true })
        {
            var attempt = Probe(address, 4444, state == PortState.OpenOrFiltered ? TimeSpan.FromMilliseconds(200) : Hang, fromAnyPort);
            var why = Failure.OfDatagram(attempt.Error);

            Assert.Equal(state, PortStates.Of(attempt.Error, TransportProtocol.Udp));
            Assert.Equal((reason, errorName), (why.Reason, why.ErrorName));
        }
    });

    [Fact]
    public Task A_host_that_may_refuse_only_now_and_then_leaves_the_rest_of_its_ports_in_doubt() => OwnNetwork.RunAsync(() =>
    {
        using var far = new FarNetwork();

        var states = Enumerable.Range(4000, 40).Select(port => Probe(FarNetwork.Address, port, TimeSpan.FromMilliseconds(20), false))
            .Select(static attempt => PortStates.Of(attempt.Error, TransportProtocol.Udp)).ToArray();

        Assert.Contains(PortState.Closed, states);
        Assert.Contains(PortState.OpenOrFiltered, states);
        Assert.DoesNotContain(states, static state => state is not (PortState.Closed or PortState.OpenOrFiltered));
    });

    private static ConnectAttempt Probe(string address, int port, TimeSpan time, bool fromAnyPort)
    {
        using var connector = new DatagramConnector();
        using var ended = new BlockingCollection<ConnectAttempt>();
        connector.Ended = ended.Add;
        var attempt = new ConnectAttempt
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), port),
            Request = new DatagramRequest(static _ => [1], fromAnyPort),
            ExpiresAt = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency),
        };
        if (((IConnector)connector).Connect(attempt))
            Assert.True(ended.TryTake(out _, Hang + Hang));
        return attempt;
    }
}
