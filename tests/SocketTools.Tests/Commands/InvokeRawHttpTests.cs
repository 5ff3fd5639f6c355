using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class InvokeRawHttpTests : IDisposable
{
    private const string Answer = "HTTP/1.1 200 Fine\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 5\r\n\r\nhello";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Head_and_body_come_apart_with_the_exact_bytes()
    {
        await using var peer = ScriptedPeer.Answering(Answer);

        var response = _session.Run($"Invoke-RawHttp http://{peer.EndPoint}/a?b").Only<RawHttpResponse>();

        Assert.Equal("HTTP/1.1 200 Fine", response.StatusLine);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal("Fine", response.ReasonPhrase);
        Assert.Equal(["1", "2"], response.Headers["X-ONE"]!);
        Assert.Equal(["X-One", "x-one", "Content-Length"], response.Headers.Select(static h => h.Name));
        Assert.Equal("hello", response.Content);
        Assert.Equal(Encoding.ASCII.GetBytes("hello"), response.Body);
        Assert.StartsWith("HTTP/1.1 200 Fine\r\n", response.RawHead);
        Assert.Equal($"GET /a?b HTTP/1.1\r\nHost: {peer.EndPoint}\r\nConnection: close\r\n\r\n", Encoding.ASCII.GetString(response.RequestBytes));
    }

    [Theory]
    [InlineData("-Method POST -Body abc", "POST / HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("-HttpVersion 1.0 -NoDefaultHeaders", "GET / HTTP/1.0\r\n\r\n")]
    [InlineData("-NoDefaultHeaders -Headers 'A: 1', 'A: 2'", "GET / HTTP/1.1\r\nA: 1\r\nA: 2\r\n\r\n")]
    [InlineData("-NoDefaultHeaders -Headers ([ordered]@{{ B = '1'; A = 2, 3 }})", "GET / HTTP/1.1\r\nB: 1\r\nA: 2\r\nA: 3\r\n\r\n")]
    [InlineData("-Body ([byte[]](1, 2))", "GET / HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\u0001\u0002")]
    [InlineData("-Headers @{{ Host = 'other' }}", "GET / HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n")]
    public async Task The_request_is_what_was_asked_for(string parameters, string expected)
    {
        await using var peer = ScriptedPeer.Answering(Answer);

        var script = $"Invoke-RawHttp http://{peer.EndPoint}/ " + string.Format(System.Globalization.CultureInfo.InvariantCulture, parameters, "");
        var response = _session.Run(script).Only<RawHttpResponse>();

        var sent = Encoding.Latin1.GetString(response.RequestBytes);
        var wanted = string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, peer.EndPoint);
        Assert.Equal(wanted.Split("\r\n").Order(), sent.Split("\r\n").Order());
    }

    [Fact]
    public void One_URL_that_fails_is_a_terminating_error()
    {
        using var closed = LoopbackPort.Closed();

        var run = _session.Run($"Invoke-RawHttp http://127.0.0.1:{closed.Number}/; 'not reached'");

        var error = Assert.Single(run.Errors);
        Assert.Equal("ConnectionRefused,SocketTools.Commands.InvokeRawHttpCommand", error.FullyQualifiedErrorId);
        Assert.IsType<SocketOperationException>(error.Exception);
    }

    [Fact]
    public async Task A_piped_URL_that_fails_costs_only_itself()
    {
        using var closed = LoopbackPort.Closed();
        await using var peer = ScriptedPeer.Answering(Answer);

        var run = _session.Run(
            $"'http://127.0.0.1:{closed.Number}/', 'http://{peer.EndPoint}/' | Invoke-RawHttp");

        Assert.Single(run.Errors);
        Assert.Equal(200, Assert.IsType<RawHttpResponse>(Assert.Single(run.Output).BaseObject).StatusCode);
    }

    [Fact]
    public async Task Silence_ends_at_the_time_out_and_keeps_what_came()
    {
        await using var peer = ScriptedPeer.Start(static async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
            await connection.WaitForCloseAsync();
        });

        var error = Assert.Single(_session.Run($"Invoke-RawHttp http://{peer.EndPoint}/ -TimeoutMilliseconds 200").Errors);

        Assert.Equal("TimedOut", error.FullyQualifiedErrorId.Split(',')[0]);
        var partial = Assert.IsType<RawHttpResponse>(Assert.IsType<SocketTimeoutException>(error.Exception).PartialResult);
        Assert.Equal("he", partial.Content);
        Assert.False(partial.IsComplete);
    }

    [Theory]
    [InlineData("Invoke-RawHttp ftp://127.0.0.1/", "http")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Method 'GET /x'", "method")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Headers \"A: 1`r`nB: 2\"", "CR")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Headers @{ 'A b' = 1 }", "header")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Body @{ a = 1 }", "ConvertTo-Json")]
    [InlineData("Invoke-RawHttp http://127.0.0.1/ -Body '1', '2'", "-join")]
    public void What_would_break_the_request_is_refused_at_binding(string script, string says)
    {
        var error = Assert.Single(_session.Run(script).Errors);

        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
        Assert.Contains(says, error.Exception.Message);
    }
}
