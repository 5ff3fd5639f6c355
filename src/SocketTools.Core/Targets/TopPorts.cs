using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace SocketTools;

/// <summary>The TCP ports that are used most, as <c>tools/TopPorts.cs</c> puts them in order.</summary>
internal static class TopPorts
{
    /// <summary>How many there are.</summary>
    public const int Most = 1000;

    private const string Resource = "SocketTools.Targets.top-ports.txt";

    private static readonly Lazy<List<PortSet>> LazyPorts = new(Read, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>So many of them, the most used first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to <see cref="Most"/>.</exception>
    public static PortSet Take(int count) => count is >= 1 and <= Most
        ? PortSet.Join(LazyPorts.Value.Take(count))
        : throw new ArgumentOutOfRangeException(nameof(count));

    private static List<PortSet> Read()
    {
        using var stream = typeof(TopPorts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        var ports = new List<PortSet>(Most);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#')
                continue;
            foreach (var port in line.Split(' '))
                ports.Add(PortSet.Of(int.Parse(port, CultureInfo.InvariantCulture)));
        }

        return ports;
    }
}
