using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace SocketTools;

/// <summary>A client's first message, written here and not by the system's library: it offers one version, also one that the library
/// no longer speaks, and all cipher suites of it. Nothing is exchanged after the server's answer.</summary>
internal static class ClientHello
{
    private const int SmallestSize = 512;

    // Of the algorithms to sign with (IANA's registry "TLS SignatureScheme"), all that servers have.
    private static readonly int[] SignatureAlgorithms =
    [
        0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0807, 0x0808, 0x0401, 0x0501, 0x0601,
        0x0303, 0x0301, 0x0302, 0x0402, 0x0203, 0x0201, 0x0202,
    ];

    /// <summary>The record with the hello.</summary>
    /// <param name="version">The only version that it offers.</param>
    /// <param name="serverName">The name to tell; an address is not told (RFC 6066 section 3).</param>
    public static byte[] Write(TlsVersion version, string serverName)
    {
        // TLS 1.3 looks like 1.2 on the outside (RFC 8446 section 4.1.2).
        var outer = Math.Min((int)version, (int)TlsVersion.Tls12);
        List<byte> hello =
        [
            .. Number(outer, 2), .. Random(32), .. version == TlsVersion.Tls13 ? Vector(1, Random(32)) : [0],
            .. Vector(2, [.. Suites(version).SelectMany(static suite => Number(suite, 2))]), 1, 0,
        ];
        // SSL 3.0 knows no extensions.
        if (version > TlsVersion.Ssl3)
            hello.AddRange(Vector(2, Extensions(version, serverName, hello.Count)));
        byte[] message = [1, .. Vector(3, [.. hello])];
        return [22, .. Number(Math.Min(outer, version == TlsVersion.Tls13 ? (int)TlsVersion.Tls10 : outer), 2), .. Vector(2, message)];
    }

    private static IEnumerable<int> Suites(TlsVersion version) =>
        version == TlsVersion.Tls13 ? CipherSuites.For(version) : CipherSuites.For(version).Append(CipherSuites.RenegotiationSignal);

    private static byte[] Extensions(TlsVersion version, string serverName, int before)
    {
        var extensions = new List<byte>();
        if (serverName.Length > 0 && !HostTarget.TryParseAddress(serverName, out _))
            Add(extensions, 0, Vector(2, [0, .. Vector(2, Encoding.ASCII.GetBytes(HostTarget.ToAscii(serverName)))]));
        Add(extensions, 10, Vector(2, [.. NamedGroups.All.SelectMany(static group => Number(group, 2))]));
        Add(extensions, 11, Vector(1, [0]));
        if (version >= TlsVersion.Tls12)
            Add(extensions, 13, Vector(2, [.. SignatureAlgorithms.SelectMany(static algorithm => Number(algorithm, 2))]));
        if (version == TlsVersion.Tls13)
        {
            Add(extensions, 43, Vector(1, Number((int)version, 2)));
            // Any 32 bytes are a public key of this group (RFC 7748 section 5); the secret is never needed.
            Add(extensions, 51, Vector(2, [.. Number(NamedGroups.X25519, 2), .. Vector(2, Random(32))]));
        }
        // Some servers hang on hellos of 256 to 511 bytes (RFC 7685).
        var size = 4 + before + 2 + extensions.Count;
        if (size is > 255 and < SmallestSize)
            Add(extensions, 21, new byte[Math.Max(SmallestSize - size - 4, 0)]);
        return [.. extensions];
    }

    private static void Add(List<byte> extensions, int type, byte[] content) => extensions.AddRange([.. Number(type, 2), .. Vector(2, content)]);

    private static byte[] Vector(int lengthBytes, byte[] content) => [.. Number(content.Length, lengthBytes), .. content];

    private static byte[] Number(int number, int bytes) =>
        [.. Enumerable.Range(0, bytes).Select(i => (byte)(number >> (8 * (bytes - 1 - i))))];

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return bytes;
    }
}
