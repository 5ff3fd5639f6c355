using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>Reads bytes that came as a list of numbers, which is what PowerShell makes of bytes.</summary>
internal static class ByteList
{
    /// <summary>The bytes; null when something in it is no number from 0 to 255, and text is none.</summary>
    public static byte[]? Read(IEnumerable list)
    {
        var bytes = new List<byte>();
        foreach (var item in list)
        {
            if (item is string)
                return null;
            try
            {
                bytes.Add(Convert.ToByte(item, CultureInfo.InvariantCulture));
            }
            catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
            {
                return null;
            }
        }
        return [.. bytes];
    }
}
