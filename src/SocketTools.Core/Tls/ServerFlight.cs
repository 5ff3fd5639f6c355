using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>What a server said in the clear part of a TLS handshake (RFC 8446 section 4, RFC 5246 section 7.4). Free of I/O: it is
/// read from the bytes that came, as many as they are.</summary>
internal sealed class ServerFlight
{
    /// <summary>The type of a record that is part of a handshake.</summary>
    public const int HandshakeRecord = 22;

    private const int ChangeCipherSpec = 20;
    private const int Alert = 21;
    private const int ApplicationData = 23;
    private const int LongestRecord = 16384 + 2048;

    // The random of a hello that asks for another key share (RFC 8446 section 4.1.3).
    private static readonly byte[] RetryRandom =
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    private readonly List<byte> _handshake = [];
    private bool _isRetry;

    private ServerFlight()
    {
    }

    /// <summary>Whether anything came.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether what came is no TLS.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>The version that the server chose; null before its hello.</summary>
    public int? Version { get; private set; }

    /// <summary>The cipher suite that it chose.</summary>
    public int? CipherSuite { get; private set; }

    /// <summary>The group in which keys were exchanged; null when there is none, or before it was told.</summary>
    public string? KeyExchangeGroup { get; private set; }

    /// <summary>Whether it asked for a client certificate, before TLS 1.3, which does not show it.</summary>
    public bool AsksForCertificate { get; private set; }

    /// <summary>The certificates that it sent, before TLS 1.3, which does not show them.</summary>
    public IReadOnlyList<byte[]> Certificates { get; private set; } = [];

    /// <summary>Whether nothing more comes in the clear.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The alert that ended it.</summary>
    public TlsAlert? EndingAlert { get; private set; }

    /// <summary>Reads what came.</summary>
    public static ServerFlight Read(byte[] bytes, int count)
    {
        var flight = new ServerFlight { HasBegun = count > 0 };
        var at = 0;
        var isEncrypted = false;
        while (!isEncrypted && flight.EndingAlert is null && IsRecord(bytes, at, count, out _))
        {
            var length = (bytes[at + 3] << 8) | bytes[at + 4];
            if (count - at - 5 < length)
                break;
            switch (bytes[at])
            {
                case HandshakeRecord:
                    flight._handshake.AddRange(new ArraySegment<byte>(bytes, at + 5, length));
                    break;
                case Alert when length == 2 && new TlsAlert(bytes[at + 5], bytes[at + 6]) is { IsEnd: true } alert:
                    flight.EndingAlert = alert;
                    break;
                case ApplicationData:
                    isEncrypted = true;
                    break;
                case ChangeCipherSpec:
                    // A second hello may follow one that asks for another key share.
                    flight.TryReadMessages();
                    isEncrypted = !flight._isRetry;
                    break;
            }
            at += 5 + length;
        }
        if (at == 0 && count > 0)
            flight.IsForeign = !IsRecord(bytes, 0, count, out var sure) && sure;
        flight.TryReadMessages();
        return flight;
    }

    // The head of a record: a type, and 3 as the first part of its version.
    private static bool IsRecord(byte[] bytes, int at, int count, out bool isForeign)
    {
        var left = count - at;
        isForeign = (left > 0 && bytes[at] is < ChangeCipherSpec or > ApplicationData) || (left > 1 && bytes[at + 1] != 3) ||
            (left > 4 && ((bytes[at + 3] << 8) | bytes[at + 4]) > LongestRecord);
        return left >= 5 && !isForeign;
    }

    private void TryReadMessages()
    {
        var reader = new WireReader(_handshake.ToArray());
        try
        {
            while (reader.Left > 0)
                Take(reader.Number(1), reader.Vector(3));
        }
        catch (FormatException)
        {
            // The rest has not come yet, or is encrypted.
        }
    }

    private void Take(int type, WireReader body)
    {
        switch (type)
        {
            case 2:
                TakeHello(body);
                break;
            case 11 when Version < (int)TlsVersion.Tls13:
                TakeCertificates(body.Vector(3));
                break;
            case 12 when CipherSuite is { } suite:
                KeyExchangeGroup = GroupOf(CipherSuites.NameOf(suite), body);
                break;
            case 13:
                AsksForCertificate = true;
                break;
            case 14:
                IsWhole = true;
                break;
        }
    }

    private void TakeHello(WireReader body)
    {
        var version = body.Number(2);
        _isRetry = body.Take(32).SequenceEqual(RetryRandom);
        body.Vector(1);
        CipherSuite = body.Number(2);
        body.Skip(1);
        Version = version;
        if (body.Left == 0)
            return;
        for (var extensions = body.Vector(2); extensions.Left > 0;)
        {
            var type = extensions.Number(2);
            var extension = extensions.Vector(2);
            if (type == 43)
                Version = extension.Number(2);
            else if (type == 51)
                KeyExchangeGroup = NamedGroups.NameOf(extension.Number(2));
        }
        IsWhole = Version >= (int)TlsVersion.Tls13;
    }

    private void TakeCertificates(WireReader list)
    {
        var certificates = new List<byte[]>();
        while (list.Left > 0)
            certificates.Add(list.Vector(3) is var one ? one.Take(one.Left) : []);
        Certificates = certificates;
    }

    // RFC 8422 section 5.4 and RFC 5246 section 7.4.3; RFC 4279 section 3 and RFC 5489 section 2.
    private static string? GroupOf(string suite, WireReader body)
    {
        var isOnCurve = IsOf(suite, "TLS_ECDHE_", "TLS_ECDH_anon_");
        if (!isOnCurve && !IsOf(suite, "TLS_DHE_", "TLS_DH_anon_"))
            return null;
        // The hint comes first (RFC 4279 section 2).
        if (suite.Contains("_PSK_"))
            body.Vector(2);
        if (isOnCurve)
            return body.Number(1) == 3 ? NamedGroups.NameOf(body.Number(2)) : null;
        var prime = body.Vector(2);
        while (prime.Left > 0)
        {
            var left = prime.Left;
            if (prime.Number(1) is not 0 and var first)
                return $"DH {BitLength.Of(left, first)}";
        }
        return null;
    }

    private static bool IsOf(string suite, string signed, string anonymous) =>
        suite.StartsWith(signed, StringComparison.Ordinal) || suite.StartsWith(anonymous, StringComparison.Ordinal);
}
