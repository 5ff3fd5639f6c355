using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SocketTools.Tests;

/// <remarks>What runs in the process is listed for all of it, servers of other tests too: each names its own.</remarks>
public sealed class SocketServerTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void An_echo_server_says_where_it_listens_and_echoes()
    {
        var server = _session.Run("Start-EchoServer").Only<SocketServer>();

        Assert.Equal("127.0.0.1", server.ComputerName);
        Assert.InRange(server.Port, 1, 65535);
        Assert.Equal(ServerState.Running, server.State);
        Assert.Equal("olá", Echo(server.Port, "olá"));
        var tested = _session.Run($"Get-SocketServer {server.Port} | Test-TcpPort").Only<TcpPortResult>();
        Assert.Equal(PortState.Open, tested.State);
    }

    [Fact]
    public void A_stopped_server_leaves_its_port_free_at_once()
    {
        // An address of its own: who connects in the meantime takes no port of it.
        var port = _session.Run("($server = Start-EchoServer -Address 127.0.0.6)").Only<SocketServer>().Port;
        Echo(port, "x", "127.0.0.6");

        Assert.Equal(ServerState.Stopped, _session.Run("$server | Stop-EchoServer -PassThru").Only<SocketServer>().State);
        var gone = Assert.Single(_session.Run($"Get-SocketServer {port}").Errors);
        Assert.Equal("ServerNotFound", gone.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(port, _session.Run($"Start-EchoServer {port} -Address 127.0.0.6").Only<SocketServer>().Port);
    }

    [Fact]
    public void Servers_are_found_and_stopped_by_port()
    {
        var servers = _session.Run("1..3 | ForEach-Object { Start-EchoServer }").All<SocketServer>();

        Assert.Equal(servers[1].Port, _session.Run($"Get-SocketServer -Port {servers[1].Port}").Only<SocketServer>().Port);
        Assert.Empty(_session.Run($"Stop-SocketServer -Port {servers[1].Port}").Errors);
        Assert.Equal(ServerState.Stopped, servers[1].State);
        Assert.Equal(ServerState.Running, servers[0].State);
        Assert.Equal("ServerNotFound", Assert.Single(_session.Run($"Stop-SocketServer -Port {servers[1].Port}").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_port_in_use_is_an_error_that_says_so()
    {
        using var taken = LoopbackPort.Open();

        var error = Assert.Single(_session.Run($"Start-EchoServer {taken.Number}").Errors);

        Assert.Equal("AddressInUse,SocketTools.Commands.StartEchoServerCommand", error.FullyQualifiedErrorId);
        Assert.Contains("EADDRINUSE", error.Exception.Message);
    }

    [Fact]
    public void An_address_of_another_computer_is_an_error_that_says_so()
    {
        var error = Assert.Single(_session.Run("Start-EchoServer -Address 192.0.2.99").Errors);

        Assert.Equal("LocalAddressNotAvailable", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("no such address", error.Exception.Message);
    }

    [Theory]
    [InlineData("Start-EchoServer -Port 65536", "1 to 65535")]
    [InlineData("Start-EchoServer -Port nosuchservice", "name of a service")]
    [InlineData("Start-EchoServer -Address localhost", "127.0.0.1")]
    public void What_cannot_be_listened_on_is_refused_at_binding(string script, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
        Assert.Contains(says, error.Exception.Message);
    }

    [Fact]
    public void A_port_without_a_server_is_told()
    {
        Assert.Equal("ServerNotFound", Assert.Single(_session.Run("Get-SocketServer 1").Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(_session.Run("Get-SocketServer 1-9").Errors);
    }

    [Fact]
    public void WhatIf_opens_and_stops_nothing()
    {
        // A server that was started there after all would be an error: the port is taken.
        using var taken = LoopbackPort.Closed();
        var started = _session.Run($"Start-EchoServer {taken.Number} -WhatIf");
        Assert.Empty(started.Output);
        Assert.Empty(started.Errors);
        var server = _session.Run("Start-EchoServer").Only<SocketServer>();
        var stopped = _session.Run($"Get-SocketServer {server.Port} | Stop-SocketServer -WhatIf -PassThru");
        Assert.Empty(stopped.Output);
        Assert.Empty(stopped.Errors);
        Assert.Equal(ServerState.Running, server.State);
    }

    [Fact]
    public void Another_address_must_be_asked_for()
    {
        var server = _session.Run("Start-EchoServer -Address 127.0.0.5").Only<SocketServer>();

        Assert.Equal("127.0.0.5", server.ComputerName);
        Assert.Equal(PortState.Closed, _session.Run($"Test-TcpPort 127.0.0.1 {server.Port}").Only<TcpPortResult>().State);
    }

    [Fact]
    public void Servers_end_with_the_runspace_that_started_them()
    {
        using var other = new PowerShellSession();
        var own = _session.Run("Start-EchoServer").Only<SocketServer>();
        var others = other.Run("Start-EchoServer").Only<SocketServer>();

        other.Dispose();

        Assert.Equal(ServerState.Stopped, others.State);
        Assert.Equal(ServerState.Running, own.State);
    }

    [Fact]
    public void Servers_end_when_their_session_removes_the_module()
    {
        using var other = new PowerShellSession();
        var own = _session.Run("Start-EchoServer").Only<SocketServer>();
        var others = other.Run("Start-EchoServer").Only<SocketServer>();

        Assert.Empty(_session.Run("Remove-Module SocketTools").Errors);

        Assert.Equal(ServerState.Stopped, own.State);
        Assert.Equal(ServerState.Running, others.State);
    }

    private static string Echo(int port, string text, string address = "127.0.0.1")
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Parse(address), port);
        var sent = Encoding.UTF8.GetBytes(text);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        client.GetStream().Write(sent);
        client.Client.Shutdown(SocketShutdown.Send);
        return reader.ReadToEnd();
    }
}
