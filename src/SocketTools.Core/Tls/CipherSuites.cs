using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools;

/// <summary>The numbers and names of cipher suites (IANA's registry "TLS Cipher Suites"), in the order in which they are offered.</summary>
internal static class CipherSuites
{
    /// <summary>Not a suite: says that this side knows secure renegotiation (RFC 5746 section 3.3).</summary>
    public const int RenegotiationSignal = 0x00FF;

    private static readonly (int Number, string Name)[] OfTls13 =
    [
        (0x1301, "TLS_AES_128_GCM_SHA256"),
        (0x1302, "TLS_AES_256_GCM_SHA384"),
        (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
        (0x1304, "TLS_AES_128_CCM_SHA256"),
        (0x1305, "TLS_AES_128_CCM_8_SHA256"),
    ];

    private static readonly (int Number, string Name)[] OfTls12 =
    [
        (0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
        (0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        (0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        (0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
        (0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
        (0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
        (0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
        (0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
        (0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
        (0xC0AC, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"),
        (0xC0AD, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"),
        (0xC09E, "TLS_DHE_RSA_WITH_AES_128_CCM"),
        (0xC09F, "TLS_DHE_RSA_WITH_AES_256_CCM"),
        (0xC05C, "TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256"),
        (0xC05D, "TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384"),
        (0xC060, "TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256"),
        (0xC061, "TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384"),
        (0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
        (0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
        (0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
        (0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
        (0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
        (0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
        (0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
        (0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
        (0xC09C, "TLS_RSA_WITH_AES_128_CCM"),
        (0xC09D, "TLS_RSA_WITH_AES_256_CCM"),
        (0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
        (0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
    ];

    private static readonly (int Number, string Name)[] OfAll =
    [
        (0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
        (0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
        (0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
        (0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
        (0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
        (0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
        (0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA"),
        (0x0038, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA"),
        (0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
        (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
        (0x0045, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA"),
        (0x0088, "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA"),
        (0x0041, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"),
        (0x0084, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"),
        (0x009A, "TLS_DHE_RSA_WITH_SEED_CBC_SHA"),
        (0x0096, "TLS_RSA_WITH_SEED_CBC_SHA"),
        (0xC008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"),
        (0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
        (0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
        (0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"),
        (0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
        (0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA"),
        (0xC007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"),
        (0xC011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
        (0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
        (0x0004, "TLS_RSA_WITH_RC4_128_MD5"),
        (0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
        (0x0009, "TLS_RSA_WITH_DES_CBC_SHA"),
        (0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"),
        (0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
        (0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
        (0x0002, "TLS_RSA_WITH_NULL_SHA"),
        (0x0001, "TLS_RSA_WITH_NULL_MD5"),
    ];

    // What no server takes who has another: seldom ones, those without a certificate, those without encryption.
    private static readonly (int Number, string Name)[] LastOfTls12 =
    [
        (0x0040, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256"),
        (0x006A, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256"),
        (0x00A2, "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256"),
        (0x00A3, "TLS_DHE_DSS_WITH_AES_256_GCM_SHA384"),
        (0x00BA, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256"),
        (0x00BD, "TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256"),
        (0x00BE, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256"),
        (0x00C0, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256"),
        (0x00C3, "TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256"),
        (0x00C4, "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256"),
        (0xC050, "TLS_RSA_WITH_ARIA_128_GCM_SHA256"),
        (0xC051, "TLS_RSA_WITH_ARIA_256_GCM_SHA384"),
        (0xC052, "TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256"),
        (0xC053, "TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384"),
        (0xC056, "TLS_DHE_DSS_WITH_ARIA_128_GCM_SHA256"),
        (0xC057, "TLS_DHE_DSS_WITH_ARIA_256_GCM_SHA384"),
        (0xC072, "TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC073, "TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC076, "TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC077, "TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC0A0, "TLS_RSA_WITH_AES_128_CCM_8"),
        (0xC0A1, "TLS_RSA_WITH_AES_256_CCM_8"),
        (0xC0A2, "TLS_DHE_RSA_WITH_AES_128_CCM_8"),
        (0xC0A3, "TLS_DHE_RSA_WITH_AES_256_CCM_8"),
        (0xC0AE, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"),
        (0xC0AF, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8"),
        (0x00A8, "TLS_PSK_WITH_AES_128_GCM_SHA256"),
        (0x00A9, "TLS_PSK_WITH_AES_256_GCM_SHA384"),
        (0x00AA, "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256"),
        (0x00AB, "TLS_DHE_PSK_WITH_AES_256_GCM_SHA384"),
        (0x00AC, "TLS_RSA_PSK_WITH_AES_128_GCM_SHA256"),
        (0x00AD, "TLS_RSA_PSK_WITH_AES_256_GCM_SHA384"),
        (0x00AE, "TLS_PSK_WITH_AES_128_CBC_SHA256"),
        (0x00AF, "TLS_PSK_WITH_AES_256_CBC_SHA384"),
        (0x00B2, "TLS_DHE_PSK_WITH_AES_128_CBC_SHA256"),
        (0x00B3, "TLS_DHE_PSK_WITH_AES_256_CBC_SHA384"),
        (0x00B6, "TLS_RSA_PSK_WITH_AES_128_CBC_SHA256"),
        (0x00B7, "TLS_RSA_PSK_WITH_AES_256_CBC_SHA384"),
        (0xC037, "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256"),
        (0xC038, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384"),
        (0xC06A, "TLS_PSK_WITH_ARIA_128_GCM_SHA256"),
        (0xC06B, "TLS_PSK_WITH_ARIA_256_GCM_SHA384"),
        (0xC06C, "TLS_DHE_PSK_WITH_ARIA_128_GCM_SHA256"),
        (0xC06D, "TLS_DHE_PSK_WITH_ARIA_256_GCM_SHA384"),
        (0xC06E, "TLS_RSA_PSK_WITH_ARIA_128_GCM_SHA256"),
        (0xC06F, "TLS_RSA_PSK_WITH_ARIA_256_GCM_SHA384"),
        (0xC094, "TLS_PSK_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC095, "TLS_PSK_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC096, "TLS_DHE_PSK_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC097, "TLS_DHE_PSK_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC098, "TLS_RSA_PSK_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC099, "TLS_RSA_PSK_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC09A, "TLS_ECDHE_PSK_WITH_CAMELLIA_128_CBC_SHA256"),
        (0xC09B, "TLS_ECDHE_PSK_WITH_CAMELLIA_256_CBC_SHA384"),
        (0xC0A4, "TLS_PSK_WITH_AES_128_CCM"),
        (0xC0A5, "TLS_PSK_WITH_AES_256_CCM"),
        (0xC0A6, "TLS_DHE_PSK_WITH_AES_128_CCM"),
        (0xC0A7, "TLS_DHE_PSK_WITH_AES_256_CCM"),
        (0xC0A8, "TLS_PSK_WITH_AES_128_CCM_8"),
        (0xC0A9, "TLS_PSK_WITH_AES_256_CCM_8"),
        (0xC0AA, "TLS_PSK_DHE_WITH_AES_128_CCM_8"),
        (0xC0AB, "TLS_PSK_DHE_WITH_AES_256_CCM_8"),
        (0xCCAB, "TLS_PSK_WITH_CHACHA20_POLY1305_SHA256"),
        (0xCCAC, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"),
        (0xCCAD, "TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256"),
        (0xCCAE, "TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256"),
        (0x006C, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"),
        (0x006D, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"),
        (0x00A6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"),
        (0x00A7, "TLS_DH_anon_WITH_AES_256_GCM_SHA384"),
        (0x00BF, "TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256"),
        (0x00C5, "TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256"),
        (0x003B, "TLS_RSA_WITH_NULL_SHA256"),
        (0x00B0, "TLS_PSK_WITH_NULL_SHA256"),
        (0x00B1, "TLS_PSK_WITH_NULL_SHA384"),
        (0x00B4, "TLS_DHE_PSK_WITH_NULL_SHA256"),
        (0x00B5, "TLS_DHE_PSK_WITH_NULL_SHA384"),
        (0x00B8, "TLS_RSA_PSK_WITH_NULL_SHA256"),
        (0x00B9, "TLS_RSA_PSK_WITH_NULL_SHA384"),
        (0xC03A, "TLS_ECDHE_PSK_WITH_NULL_SHA256"),
        (0xC03B, "TLS_ECDHE_PSK_WITH_NULL_SHA384"),
    ];

    private static readonly (int Number, string Name)[] LastOfAll =
    [
        (0x0044, "TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA"),
        (0x0087, "TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA"),
        (0x008C, "TLS_PSK_WITH_AES_128_CBC_SHA"),
        (0x008D, "TLS_PSK_WITH_AES_256_CBC_SHA"),
        (0x0090, "TLS_DHE_PSK_WITH_AES_128_CBC_SHA"),
        (0x0091, "TLS_DHE_PSK_WITH_AES_256_CBC_SHA"),
        (0x0094, "TLS_RSA_PSK_WITH_AES_128_CBC_SHA"),
        (0x0095, "TLS_RSA_PSK_WITH_AES_256_CBC_SHA"),
        (0xC035, "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA"),
        (0xC036, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA"),
        (0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"),
        (0x001B, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"),
        (0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"),
        (0x003A, "TLS_DH_anon_WITH_AES_256_CBC_SHA"),
        (0x0046, "TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA"),
        (0x0089, "TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA"),
        (0xC016, "TLS_ECDH_anon_WITH_RC4_128_SHA"),
        (0xC017, "TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA"),
        (0xC018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"),
        (0xC019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"),
        (0xC006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
        (0xC010, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
        (0xC015, "TLS_ECDH_anon_WITH_NULL_SHA"),
        (0x002C, "TLS_PSK_WITH_NULL_SHA"),
        (0x002D, "TLS_DHE_PSK_WITH_NULL_SHA"),
        (0x002E, "TLS_RSA_PSK_WITH_NULL_SHA"),
        (0xC039, "TLS_ECDHE_PSK_WITH_NULL_SHA"),
    ];

    private static readonly Dictionary<int, string> Names =
        OfTls13.Concat(OfTls12).Concat(OfAll).Concat(LastOfTls12).Concat(LastOfAll).ToDictionary(static suite => suite.Number, static suite => suite.Name);

    /// <summary>All that are known here.</summary>
    public static IReadOnlyDictionary<int, string> All => Names;

    /// <summary>What a client may offer with a version.</summary>
    public static IEnumerable<int> For(TlsVersion version) => version switch
    {
        TlsVersion.Tls13 => OfTls13.Select(static suite => suite.Number),
        TlsVersion.Tls12 => OfTls12.Concat(OfAll).Concat(LastOfTls12).Concat(LastOfAll).Select(static suite => suite.Number),
        _ => OfAll.Concat(LastOfAll).Select(static suite => suite.Number),
    };

    /// <summary>The suite's name; its number where it is not known here.</summary>
    public static string NameOf(int number) =>
        Names.TryGetValue(number, out var name) ? name : "0x" + number.ToString("X4", CultureInfo.InvariantCulture);
}
