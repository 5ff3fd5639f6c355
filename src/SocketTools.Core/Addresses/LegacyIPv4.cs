using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace SocketTools;

/// <summary>The forms of an IPv4 address that inet_aton(3) takes beside four decimal parts.</summary>
internal static class LegacyIPv4
{
    /// <summary>Reads one to four parts, each decimal, octal (<c>0</c>) or hexadecimal (<c>0x</c>), of which the last fills the
    /// bytes that are left.</summary>
    public static bool TryParse(string text, out IPAddress address)
    {
        address = IPAddress.None;
        var parts = text.Split('.');
        if (parts.Length > 4)
            return false;
        long number = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var bytes = i < parts.Length - 1 ? 1 : 5 - parts.Length;
            if (!TryPart(parts[i], out var part) || part >> (8 * bytes) != 0)
                return false;
            number = (number << (8 * bytes)) | part;
        }
        address = new IPAddress(AddressNotation.OfNumber(number, 4));
        return true;
    }

    private static bool TryPart(string text, out long part)
    {
        part = 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out part) && part >= 0;
        if (text.Length < 2 || text[0] != '0')
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out part);
        if (text.Length > 20 || !text.All(static c => c is >= '0' and <= '7'))
            return false;
        part = Convert.ToInt64(text, 8);
        return true;
    }
}
