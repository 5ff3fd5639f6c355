using System;
using System.IO;

namespace SocketTools;

/// <summary>Where the registries' files are read from.</summary>
internal static class ServiceSources
{
    private const string IanaResource = "SocketTools.Services.iana-services.txt";
    private const string IanaProtocolsResource = "SocketTools.Services.iana-protocols.txt";

    /// <summary>A system database's bytes; none when it is absent or may not be read: IANA's names serve then.</summary>
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
    public static byte[] ReadIana() => ReadResource(IanaResource);

    /// <summary>IANA's protocol numbers.</summary>
    public static byte[] ReadIanaProtocols() => ReadResource(IanaProtocolsResource);

    private static byte[] ReadResource(string name)
    {
        using var stream = typeof(ServiceSources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        var table = new byte[stream.Length];
        for (int at = 0, count; at < table.Length; at += count)
        {
            count = stream.Read(table, at, table.Length - at);
            if (count == 0)
                throw new EndOfStreamException($"The resource {name} ends early.");
        }

        return table;
    }
}
