using System;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, PortState.Closed, Reason.ConnectionRefused, "ECONNREFUSED", 111)]
    [InlineData(SocketError.TimedOut, PortState.Filtered, Reason.TimedOut, "ETIMEDOUT", 110)]
    [InlineData(SocketError.HostUnreachable, PortState.Filtered, Reason.HostUnreachable, "EHOSTUNREACH", 113)]
    [InlineData(SocketError.NetworkUnreachable, PortState.Filtered, Reason.NetworkUnreachable, "ENETUNREACH", 101)]
    [InlineData(SocketError.AccessDenied, PortState.Filtered, Reason.ProhibitedByFirewall, "EACCES", 13)]
    [InlineData(SocketError.ConnectionReset, PortState.Closed, Reason.ConnectionReset, "ECONNRESET", 104)]
    [InlineData(SocketError.TooManyOpenSockets, PortState.Unknown, Reason.TooManyOpenSockets, "EMFILE", 24)]
    [InlineData(SocketError.AddressNotAvailable, PortState.Unknown, Reason.LocalAddressNotAvailable, "EADDRNOTAVAIL", 99)]
    [InlineData(SocketError.NoBufferSpaceAvailable, PortState.Unknown, Reason.NoBufferSpace, "ENOBUFS", 105)]
    [InlineData(SocketError.AddressFamilyNotSupported, PortState.Unknown, Reason.NotSupported, "EAFNOSUPPORT", 97)]
    public void An_error_has_its_state_its_reason_its_name_and_its_number(
        SocketError error, PortState state, Reason reason, string name, int linuxNumber)
    {
        var failure = Failure.Of(error);

        Assert.Equal(state, PortStates.Of(error, TransportProtocol.Tcp));
        Assert.Equal(reason, failure.Reason);
        Assert.Equal(name, failure.ErrorName);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            Assert.Equal(linuxNumber, failure.ErrorCode);
    }

    [Fact]
    public void Success_is_open_and_zero()
    {
        Assert.Equal(new Failure(Reason.Connected, null, 0), Failure.Of(SocketError.Success));
        Assert.Equal(PortState.Open, PortStates.Of(SocketError.Success, TransportProtocol.Tcp));
    }

    [Theory]
    [InlineData(SocketError.Success, PortState.Open)]
    [InlineData(SocketError.ConnectionRefused, PortState.Closed)]
    [InlineData(SocketError.HostUnreachable, PortState.Filtered)]
    [InlineData(SocketError.TimedOut, PortState.OpenOrFiltered)]
    [InlineData(SocketError.NoBufferSpaceAvailable, PortState.Unknown)]
    public void A_datagram_that_is_not_answered_may_have_been_taken(SocketError error, PortState state) =>
        Assert.Equal(state, PortStates.Of(error, TransportProtocol.Udp));

    [Fact]
    public void No_shortage_of_this_side_is_a_state() =>
        Assert.All(
            Enum.GetValues<SocketError>().Where(PortStates.IsLocalShortage),
            static error => Assert.Equal(PortState.Unknown, PortStates.Of(error, TransportProtocol.Tcp)));

    [Fact]
    public void Every_reason_has_a_remedy_that_is_a_sentence() =>
        Assert.All(Enum.GetValues<Reason>(), static reason => Assert.EndsWith(".", Remedy.For(reason)));
}
