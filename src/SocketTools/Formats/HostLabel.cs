namespace SocketTools.Formats;

/// <summary>A host in a column of a table.</summary>
public static class HostLabel
{
    private const int Width = 24;

    /// <summary>The name, with the address in brackets where that says more and there is room for both.</summary>
    public static string Of(string? name, string? address) =>
        !string.IsNullOrEmpty(address) && address != name && (name?.Length ?? 0) + address!.Length + " []".Length <= Width
            ? $"{name} [{address}]"
            : name ?? "";

    /// <summary>A text of at most so many characters.</summary>
    public static string Cut(string? text, int width) =>
        text is null || text.Length <= width ? text ?? "" : text.Substring(0, width - 3) + "...";
}
