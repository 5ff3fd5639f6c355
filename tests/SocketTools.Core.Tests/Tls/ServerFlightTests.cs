using System;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Tasks;
using CsCheck;

namespace SocketTools.Tests;

/// <summary>What a server says in the clear is read from any part of it, and from anything else without harm.</summary>
public sealed class ServerFlightTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_flight_says_the_same_however_it_is_cut(SslProtocols version)
    {
        var bytes = await RecordAsync(version);
        var whole = ServerFlight.Read(bytes, bytes.Length);

        Assert.True(whole.IsWhole);
        Assert.Equal(version == SslProtocols.Tls12 ? 0x0303 : 0x0304, whole.Version);
        Assert.NotNull(whole.KeyExchangeGroup);
        for (var count = 0; count < bytes.Length; count++)
        {
            var part = ServerFlight.Read(bytes, count);
            Assert.False(part.IsForeign);
            Assert.Null(part.EndingAlert);
            Assert.True(part.Version is null || part.Version == whole.Version);
            Assert.True(part.CipherSuite is null || part.CipherSuite == whole.CipherSuite);
            Assert.True(part.Certificates.Count == 0 || part.Certificates[0].SequenceEqual(whole.Certificates[0]));
        }
    }

    [Fact]
    public async Task Broken_flights_do_no_harm()
    {
        var bytes = await RecordAsync(SslProtocols.Tls12);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, bytes.Length]).Array[1, 5].Sample(changes =>
        {
            var broken = (byte[])bytes.Clone();
            foreach (var (at, value, _) in changes)
                broken[at] = value;
            ServerFlight.Read(broken, changes[0].Item3);
        });
        Gen.Byte.Array[0, 300].Sample(static noise =>
            ServerFlight.Read(noise, noise.Length).Certificates.Sum(static one => one.Length) <= noise.Length);
    }

    [Theory]
    [InlineData("SSH-2.0-x\r\n", true)]
    [InlineData("H", true)]
    [InlineData("\u0015\u0003", false)]
    [InlineData("\u0016\u0003\u0001\u00ff\u00ff", true)]
    public void What_is_no_TLS_is_foreign(string latin1, bool isForeign)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(latin1);

        Assert.Equal(isForeign, ServerFlight.Read(bytes, bytes.Length).IsForeign);
    }

    [Fact]
    public void An_alert_ends_it_and_a_warning_does_not()
    {
        Assert.Equal("handshake_failure (40)", ServerFlight.Read([21, 3, 1, 0, 2, 2, 40], 7).EndingAlert.ToString());
        Assert.Null(ServerFlight.Read([21, 3, 1, 0, 2, 1, 112], 7).EndingAlert);
    }

    [Fact]
    public void Suites_have_the_names_that_the_runtime_has() => Assert.All(
        CipherSuites.All, static suite => Assert.Equal(((TlsCipherSuite)suite.Key).ToString(), suite.Value));

    private static async Task<byte[]> RecordAsync(SslProtocols version)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(["localhost"]);
        await using var peer = TlsPeer.Start(certificate, [authority.Intermediate], version);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", peer.Port, TestContext.Current.CancellationToken);
        var tap = new TlsTap(new System.Net.Sockets.NetworkStream(socket));
        await using var stream = new SslStream(tap, false, static (_, shown, _, _) => shown is not null);
        await stream.AuthenticateAsClientAsync("localhost");
        var (bytes, count) = tap.End();
        return bytes[..count];
    }
}
