using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools;

/// <summary>Ports to work on, from numbers, ranges and service names, in the order given, each once.</summary>
public sealed class PortSet : IEnumerable<int>
{
    /// <summary>What can be written where a port is asked for, in one sentence.</summary>
    internal const string Accepted =
        "Give numbers from 1 to 65535 (443), ranges (1-1024 or 1..1024), service names (https), or several with commas between.";

    private const int HighestPort = 65535;
    private readonly (int First, int Last)[] _ranges;

    private PortSet((int First, int Last)[] ranges)
    {
        _ranges = ranges;
        Count = ranges.Length == 1 ? ranges[0].Last - ranges[0].First + 1 : Distinct(ranges).Count();
    }

    /// <summary>How many different ports there are.</summary>
    public int Count { get; }

    /// <summary>Reads ports from text: <c>22,80-443,http</c>.</summary>
    /// <exception cref="FormatException">Part of the text is no port; the message says what is.</exception>
    public static PortSet Parse(string text) => Parse(text, 1);

    /// <summary>Reads ports from text, where the reserved port 0 may count as one.</summary>
    /// <exception cref="FormatException">Part of the text is no port; the message says what is.</exception>
    internal static PortSet Parse(string text, int lowest)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        return new PortSet([.. text.Split(',').SelectMany(part => ParsePart(part.Trim(), lowest))]);
    }

    /// <summary>A set of one port.</summary>
    /// <exception cref="FormatException">The number is no port.</exception>
    internal static PortSet Of(long port, int lowest = 1) => new([(Check(port, lowest), (int)port)]);

    /// <summary>All ports of several sets, in order, each once.</summary>
    internal static PortSet Join(IEnumerable<PortSet> sets) => new([.. sets.SelectMany(static s => s._ranges)]);

    /// <summary>The protocols of the object that the ports were taken from, null when it names none.</summary>
    internal IReadOnlyList<TransportProtocol>? Protocols { get; private init; }

    /// <summary>The same ports, as an object of these protocols has them.</summary>
    internal PortSet Of(IReadOnlyList<TransportProtocol>? protocols) => new(_ranges) { Protocols = protocols };

    /// <summary>The ports that were named one by one, not as part of a range.</summary>
    internal IEnumerable<int> Single => _ranges.Where(static r => r.First == r.Last).Select(static r => r.First);

    /// <summary>These ports without others, in order.</summary>
    internal PortSet Except(PortSet? others)
    {
        if (others is null)
            return this;
        var excluded = new BitArray(HighestPort + 1);
        foreach (var port in others)
            excluded[port] = true;
        return new PortSet([.. this.Where(port => !excluded[port]).Select(static port => (port, port))]);
    }

    /// <summary>The ports, one by one, in the order given.</summary>
    public IEnumerator<int> GetEnumerator() => Distinct(_ranges).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The ports, as numbers and ranges.</summary>
    public override string ToString() =>
        string.Join(",", _ranges.Select(static r => r.First == r.Last ? Text(r.First) : $"{Text(r.First)}-{Text(r.Last)}"));

    private static IEnumerable<int> Distinct((int First, int Last)[] ranges)
    {
        var seen = ranges.Length > 1 ? new BitArray(HighestPort + 1) : null;
        foreach (var (first, last) in ranges)
        {
            for (var port = first; port <= last; port++)
            {
                if (seen?[port] == true)
                    continue;
                seen?.Set(port, true);
                yield return port;
            }
        }
    }

    private static IEnumerable<(int First, int Last)> ParsePart(string part, int lowest)
    {
        if (part.Length == 0)
            throw new FormatException("A port is blank. " + Accepted);
        if (TryNumber(part, out var port))
            return [(Check(port, lowest), (int)port)];
        var (start, end) = SplitRange(part);
        if (end is not null && TryNumber(start, out var first) && TryNumber(end, out var last))
        {
            return Check(first, lowest) <= Check(last, lowest)
                ? [((int)first, (int)last)]
                : throw new FormatException($"'{part}' is not a port range: it goes from the lower port to the higher, {last}-{first}.");
        }
        var services = ServiceRegistry.Default.PortsOf(part);
        if (services.Count > 0)
            return services;
        throw new FormatException($"'{part}' is not a port or a known service. {Accepted}");
    }

    private static (string Start, string? End) SplitRange(string part)
    {
        var separator = part.IndexOf("..", StringComparison.Ordinal) > 0 ? ".." : "-";
        var at = part.IndexOf(separator, StringComparison.Ordinal);
        return at > 0 ? (part.Substring(0, at).Trim(), part.Substring(at + separator.Length).Trim()) : (part, null);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static int Check(long port, int lowest) =>
        port >= lowest && port <= HighestPort
            ? (int)port
            : throw new FormatException($"{port.ToString(CultureInfo.InvariantCulture)} is not a port: ports go from 1 to {HighestPort}.");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
