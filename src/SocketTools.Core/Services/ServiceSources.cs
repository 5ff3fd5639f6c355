using System;
using System.IO;

namespace SocketTools;

/// <summary>Where the registry's two services files are read from.</summary>
internal static class ServiceSources
{
    private const string IanaResource = "SocketTools.Services.iana-services.txt";

    /// <summary>A services file's bytes; none when it is absent or may not be read: IANA's names serve then.</summary>
    public static byte[] ReadSystem(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>IANA's registry as <c>tools/ServiceTable.cs</c> writes it.</summary>
    public static byte[] ReadIana()
    {
        using var stream = typeof(ServiceSources).Assembly.GetManifestResourceStream(IanaResource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {IanaResource}.");
        var table = new byte[stream.Length];
        for (int at = 0, count; at < table.Length; at += count)
        {
            count = stream.Read(table, at, table.Length - at);
            if (count == 0)
                throw new EndOfStreamException($"The resource {IanaResource} ends early.");
        }

        return table;
    }
}
