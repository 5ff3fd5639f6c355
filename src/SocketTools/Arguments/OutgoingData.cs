using System.Management.Automation;
using System.Text;

namespace SocketTools.Arguments;

/// <summary>What text and bytes of the pipeline become on the wire.</summary>
internal static class OutgoingData
{
    /// <summary>The bytes of an object: of bytes, themselves; of anything else, its text and the end of line asked for.</summary>
    public static byte[] BytesOf(object? item, Encoding encoding, LineEnd newLine) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => encoding.GetBytes(text + MarkOf(newLine)),
        byte[] bytes => bytes,
        byte one => [one],
        object[] list when LanguagePrimitives.TryConvertTo<byte[]>(list, out var bytes) && list.Length > 0 => bytes,
        _ => encoding.GetBytes(LanguagePrimitives.ConvertTo<string>(item) + MarkOf(newLine)),
    };

    /// <summary>What -Line and -NewLine ask for together.</summary>
    public static LineEnd NewLineOf(SwitchParameter line, LineEnd? newLine) => newLine ?? (line ? LineEnd.CrLf : LineEnd.None);

    private static string MarkOf(LineEnd newLine) => newLine switch
    {
        LineEnd.Lf => "\n",
        LineEnd.CrLf => "\r\n",
        _ => "",
    };
}
