using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>The groups in which keys are exchanged (IANA's registry "TLS Supported Groups").</summary>
internal static class NamedGroups
{
    /// <summary>The group of the key share that a hello brings.</summary>
    public const int X25519 = 29;

    private static readonly Dictionary<int, string> Names = new()
    {
        [X25519] = "x25519",
        [23] = "secp256r1",
        [24] = "secp384r1",
        [25] = "secp521r1",
        [30] = "x448",
        [31] = "brainpoolP256r1tls13",
        [32] = "brainpoolP384r1tls13",
        [33] = "brainpoolP512r1tls13",
        [26] = "brainpoolP256r1",
        [27] = "brainpoolP384r1",
        [28] = "brainpoolP512r1",
        [22] = "secp256k1",
        [19] = "secp192r1",
        [21] = "secp224r1",
        [256] = "ffdhe2048",
        [257] = "ffdhe3072",
        [258] = "ffdhe4096",
        [259] = "ffdhe6144",
        [260] = "ffdhe8192",
        [0x0200] = "MLKEM512",
        [0x0201] = "MLKEM768",
        [0x0202] = "MLKEM1024",
        [0x11EB] = "SecP256r1MLKEM768",
        [0x11EC] = "X25519MLKEM768",
        [0x11ED] = "SecP384r1MLKEM1024",
    };

    /// <summary>All that are known here.</summary>
    public static IEnumerable<int> All => Names.Keys;

    /// <summary>The group's name; its number where it is not known here.</summary>
    public static string NameOf(int number) =>
        Names.TryGetValue(number, out var name) ? name : "0x" + number.ToString("X4", CultureInfo.InvariantCulture);
}
