using System.Globalization;

namespace SocketTools.Formats;

/// <summary>A number of bytes in a column of eight characters.</summary>
public static class ByteCount
{
    private const long MostInDigits = 99_999_999;

    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>The number itself while it fits, and then in a larger unit.</summary>
    public static string Of(long? bytes)
    {
        if (bytes is null or <= MostInDigits)
            return bytes?.ToString(CultureInfo.CurrentCulture) ?? "";
        var amount = bytes.Value / 1024.0;
        var unit = 0;
        for (; amount >= 1000; unit++)
            amount /= 1024;
        return amount.ToString(amount < 100 ? "0.0" : "0", CultureInfo.CurrentCulture) + " " + Units[unit];
    }
}
