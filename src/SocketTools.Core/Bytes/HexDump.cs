using System.Globalization;
using System.Text;

namespace SocketTools;

/// <summary>Bytes as hexadecimal numbers beside what of them is ASCII.</summary>
internal static class HexDump
{
    private const int Columns = 16;

    public static void Append(StringBuilder text, byte[] bytes)
    {
        for (var row = 0; row < bytes.Length; row += Columns)
        {
            text.Append(row.ToString("x8", CultureInfo.InvariantCulture)).Append("  ");
            for (var i = row; i < row + Columns; i++)
            {
                text.Append(i < bytes.Length ? bytes[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(' ');
                if (i == row + Columns / 2 - 1)
                    text.Append(' ');
            }
            text.Append(' ');
            for (var i = row; i < row + Columns && i < bytes.Length; i++)
                text.Append(bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '.');
            text.AppendLine();
        }
    }
}
