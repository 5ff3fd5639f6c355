using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;

namespace SocketTools;

/// <summary>
/// Protocols by name and by number: the operating system's database first, IANA's registry second. A protocol that both
/// know is one entry, the system's, to which IANA adds what the system lacks. Immutable, so safe for any thread.
/// </summary>
internal sealed class ProtocolRegistry
{
    private static readonly Lazy<ProtocolRegistry> LazyDefault = new(
        () => new ProtocolRegistry(ServiceSources.ReadSystem(SystemFiles.Protocols), ServiceSources.ReadIanaProtocols()),
        LazyThreadSafetyMode.ExecutionAndPublication);

    /// <param name="system">The system's database, as bytes in the format of <c>/etc/protocols</c>.</param>
    /// <param name="iana">IANA's registry in the same format.</param>
    public ProtocolRegistry(byte[] system, byte[] iana)
    {
        var protocols = Parse(system, ServiceOrigin.System).ToList();
        foreach (var protocol in Parse(iana, ServiceOrigin.Iana))
        {
            var same = protocols.FindIndex(own => own.Number == protocol.Number && NamesOf(own).Intersect(NamesOf(protocol), StringComparer.OrdinalIgnoreCase).Any());
            if (same < 0)
                protocols.Add(protocol);
            else
                protocols[same] = Join(protocols[same], protocol);
        }
        All = protocols;
    }

    /// <summary>This machine's registry, read on first use.</summary>
    public static ProtocolRegistry Default => LazyDefault.Value;

    /// <summary>Every protocol: the system's in its file's order, then IANA's by number.</summary>
    public IReadOnlyList<ProtocolInfo> All { get; }

    /// <summary>The protocols with this name or alias, in any case; most often one, none when nobody knows it.</summary>
    public IEnumerable<ProtocolInfo> FindByName(string name) =>
        All.Where(protocol => NamesOf(protocol).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The protocol that stands for a number, null when it has none.</summary>
    public ProtocolInfo? FindByNumber(int number) => All.FirstOrDefault(protocol => protocol.Number == number);

    private static ProtocolInfo Join(ProtocolInfo own, ProtocolInfo other) => new(
        own.Name,
        own.Number,
        [.. own.Aliases, .. NamesOf(other).Except(NamesOf(own), StringComparer.OrdinalIgnoreCase)],
        own.Description.Length > 0 ? own.Description : other.Description,
        own.Origin);

    private static IEnumerable<string> NamesOf(ProtocolInfo protocol) => protocol.Aliases.Prepend(protocol.Name);

    private static IEnumerable<ProtocolInfo> Parse(byte[] file, ServiceOrigin origin)
    {
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n'))
        {
            // The C library reads lines into C strings, so nothing counts after a NUL.
            var text = line.Split('\0')[0];
            var hash = text.IndexOf('#');
            var fields = (hash < 0 ? text : text.Substring(0, hash)).Split([' ', '\t', '\r', '\f', '\v'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 2 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return new ProtocolInfo(fields[0], number, [.. fields.Skip(2)], hash < 0 ? "" : text.Substring(hash + 1).Trim(), origin);
        }
    }
}
