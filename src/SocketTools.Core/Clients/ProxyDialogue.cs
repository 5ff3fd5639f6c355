using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;

namespace SocketTools;

/// <summary>Asks a proxy to connect to a host.</summary>
internal sealed class ProxyDialogue
{
    private const int LongestHead = 64 * 1024;

    private readonly Stream _stream;
    private readonly ProxyServer _proxy;

    public ProxyDialogue(Stream stream, ProxyServer proxy)
    {
        _stream = stream;
        _proxy = proxy;
    }

    /// <summary>Ends when the stream leads to the host.</summary>
    /// <param name="host">The host's name or address.</param>
    /// <param name="port">Its port.</param>
    /// <exception cref="SocketOperationException">The proxy refused, or could not.</exception>
    public void Run(string host, int port)
    {
        if (_proxy.IsSocks)
            AskSocks(host, port);
        else
            AskHttp(HostTarget.Join(HostTarget.ToAscii(host), port));
    }

    // RFC 1928 sections 3 and 4; RFC 1929 for user and password.
    private void AskSocks(string host, int port)
    {
        var hasUser = _proxy.UserName is not null;
        Send(hasUser ? [5, 2, 0, 2] : [5, 1, 0]);
        var method = Read(2);
        if (method[0] != 5)
            throw Failed(Reason.ProtocolViolation, "it does not answer as SOCKS5 does");
        if (method[1] == 2 && hasUser)
            Authenticate();
        else if (method[1] != 0)
            throw Failed(Reason.PermissionDenied, hasUser ? "it takes no user and password" : "it wants a user and a password: give -ProxyCredential");
        Send([5, 1, 0, .. AddressOf(host), (byte)(port >> 8), (byte)port]);
        var answer = Read(4);
        if (answer[1] != 0)
            throw Failed(ReasonOf(answer[1]), $"it could not connect to {HostTarget.Join(host, port)} (SOCKS reply {answer[1]})");
        Read(answer[3] switch { 1 => 4, 4 => 16, 3 => Read(1)[0], _ => throw Failed(Reason.ProtocolViolation, "its answer has no address") } + 2);
    }

    private void Authenticate()
    {
        var user = Encoding.UTF8.GetBytes(_proxy.UserName!);
        var password = Encoding.UTF8.GetBytes(_proxy.Password ?? "");
        if (user.Length > 255 || password.Length > 255)
            throw Failed(Reason.PermissionDenied, "a user or password of more than 255 bytes cannot be told it");
        Send([1, (byte)user.Length, .. user, (byte)password.Length, .. password]);
        if (Read(2)[1] != 0)
            throw Failed(Reason.PermissionDenied, "it refused the user or the password");
    }

    private byte[] AddressOf(string host)
    {
        if (HostTarget.TryParseAddress(host, out var address))
            return [address.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)4 : (byte)1, .. address.GetAddressBytes()];
        var name = Encoding.ASCII.GetBytes(HostTarget.ToAscii(host));
        return name.Length <= 255 ? [3, (byte)name.Length, .. name] : throw Failed(Reason.NameNotResolved, "a name of more than 255 bytes cannot be asked for");
    }

    private void AskHttp(string authority)
    {
        var request = $"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n";
        if (_proxy.UserName is { } user)
            request += $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{_proxy.Password}"))}\r\n";
        Send(Encoding.ASCII.GetBytes(request + "\r\n"));
        var room = LongestHead;
        var (status, code) = ReadStatus(ref room);
        // Interim responses may come before the answer (RFC 9110 section 15.2).
        while (code is >= 100 and < 200)
        {
            SkipHeaders(ref room);
            (status, code) = ReadStatus(ref room);
        }
        if (code is < 200 or > 299)
        {
            var credential = _proxy.UserName is null ? ": give -ProxyCredential" : ": it does not take that user and password";
            throw Failed(
                code == 407 ? Reason.PermissionDenied : code == 0 ? Reason.ProtocolViolation : Reason.ConnectionRefused,
                $"it answered '{PrintableText.Excerpt(status)}'{(code == 407 ? credential : "")}");
        }
        SkipHeaders(ref room);
    }

    private (string Line, int Code) ReadStatus(ref int room)
    {
        var line = ReadLine(ref room);
        return (line, line.Split(' ') is [var version, var number, ..] && version.StartsWith("HTTP/1.", StringComparison.Ordinal) &&
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0);
    }

    private void SkipHeaders(ref int room)
    {
        while (ReadLine(ref room).Length > 0)
        {
        }
    }

    // Some end their lines with LF alone.
    private string ReadLine(ref int room)
    {
        var line = new StringBuilder();
        for (char c; (c = (char)Read(1)[0]) != '\n'; line.Append(c))
        {
            if (room-- == 0)
                throw Failed(Reason.LimitExceeded, "its answer does not end");
        }
        return line.ToString().TrimEnd('\r');
    }

    private void Send(byte[] bytes) => _stream.Write(bytes, 0, bytes.Length);

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = _stream.Read(bytes, read, count - read);
            read += more > 0 ? more : throw Failed(Reason.ConnectionClosed, "it closed the connection");
        }
        return bytes;
    }

    // RFC 1928 section 6.
    private static Reason ReasonOf(byte reply) => reply switch
    {
        2 => Reason.PermissionDenied,
        3 => Reason.NetworkUnreachable,
        4 => Reason.HostUnreachable,
        5 => Reason.ConnectionRefused,
        6 => Reason.TimedOut,
        7 or 8 => Reason.NotSupported,
        _ => Reason.OtherError,
    };

    private SocketOperationException Failed(Reason reason, string why) =>
        new($"The proxy {_proxy.Target} made no connection: {why}.", _proxy.Target.ToString(), Failure.Because(reason));
}
