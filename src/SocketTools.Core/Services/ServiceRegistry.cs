using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

namespace SocketTools;

/// <summary>
/// Service names by port and by name: the operating system's database first, IANA's registry second. A service that
/// both know is one entry, the system's, to which IANA adds the names and the description that the system lacks.
/// Immutable, so safe for any thread.
/// </summary>
internal sealed class ServiceRegistry
{
    private const int PortCount = 65536;

    private static readonly Lazy<ServiceRegistry> LazyDefault = new(
        () => new ServiceRegistry(ServiceSources.ReadSystem(SystemFiles.Services), ServiceSources.ReadIana()),
        LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly List<ServiceRow> _rows;

    // A slot is a port of tcp, or of udp after these. Its rows are a chain of links, the best row first: _best holds
    // the number of its first link, counted from 1, and _next each link's next one; 0 ends the chain.
    private readonly int[] _best = new int[2 * PortCount];
    private readonly List<ServiceRow> _linked;
    private readonly List<int> _next;

    private readonly Lazy<Dictionary<string, List<ServiceRow>>> _byName;
    private readonly Lazy<List<ServiceInfo>> _all;

    /// <param name="system">The system's database, as bytes in the format of <c>/etc/services</c>.</param>
    /// <param name="iana">IANA's registry, as bytes in the format of the embedded table.</param>
    public ServiceRegistry(byte[] system, byte[] iana)
    {
        _rows = ServicesFile.Parse(system, ServiceOrigin.System);
        _rows.AddRange(ServicesFile.Parse(iana, ServiceOrigin.Iana));
        _linked = new(2 * _rows.Count);
        _next = new(2 * _rows.Count);
        LinkRows();

        _byName = new(IndexNames, LazyThreadSafetyMode.ExecutionAndPublication);
        _all = new(DescribeAll, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>This machine's registry, read on first use.</summary>
    public static ServiceRegistry Default => LazyDefault.Value;

    /// <summary>Every service: the system's in its file's order, then IANA's by port.</summary>
    public IReadOnlyList<ServiceInfo> All => _all.Value;

    /// <summary>The name that stands for a port, null when it has none. Allocates nothing.</summary>
    public string? NameOf(int port, TransportProtocol protocol)
    {
        var link = BestOf(port, protocol);
        return link == 0 ? null : _linked[link - 1].Name;
    }

    /// <summary>The service that stands for a port, null when it has none.</summary>
    public ServiceInfo? FindByPort(int port, TransportProtocol protocol)
    {
        var link = BestOf(port, protocol);
        return link == 0 ? null : Describe(_linked[link - 1], port, protocol);
    }

    /// <summary>Every service on a port, the one that stands for it first; empty when it has none.</summary>
    public IReadOnlyList<ServiceInfo> FindAllByPort(int port, TransportProtocol protocol)
    {
        var services = new List<ServiceInfo>();
        for (var link = BestOf(port, protocol); link != 0; link = _next[link - 1])
        {
            if (Describe(_linked[link - 1], port, protocol) is { } service)
                services.Add(service);
        }

        return services;
    }

    /// <summary>
    /// Every service with this name or alias, in any case: the system's in its file's order, then IANA's by port, tcp
    /// before udp. Empty when there is none.
    /// </summary>
    public IReadOnlyList<ServiceInfo> FindByName(string name, TransportProtocol? protocol = null)
    {
        var services = new List<ServiceInfo>();
        if (!_byName.Value.TryGetValue(name, out var rows))
            return services;

        // Two rows of one slot may both have the name, and may be one service.
        var seen = new HashSet<int>();
        foreach (var row in rows)
        {
            for (var port = row.FirstPort; port <= row.LastPort; port++)
            {
                AddNamed(port, TransportProtocol.Tcp);
                AddNamed(port, TransportProtocol.Udp);
            }

            void AddNamed(int port, TransportProtocol candidate)
            {
                if (row.Has(candidate) && (protocol ?? candidate) == candidate && seen.Add(SlotOf(port, candidate)))
                    services.AddRange(FindAllByPort(port, candidate).Where(service => HasName(service, name)));
            }
        }

        return services;
    }

    /// <summary>The ports that a name stands for where ports are asked for: the system's if it knows the name, and IANA's range
    /// of that name around them; else IANA's. Empty when nobody knows it.</summary>
    public IReadOnlyList<(int First, int Last)> PortsOf(string name)
    {
        var services = FindByName(name);
        if (services.Count == 0)
            return [];
        var ports = services.Where(service => service.Origin == services[0].Origin).Select(static service => service.Port).Distinct().ToList();
        var ranges = _byName.Value[name]
            .Where(row => row.FirstPort < row.LastPort && ports.Exists(port => port >= row.FirstPort && port <= row.LastPort))
            .Select(static row => (row.FirstPort, row.LastPort))
            .ToList();
        return [.. ports.Where(port => !ranges.Exists(range => port >= range.FirstPort && port <= range.LastPort)).Select(static port => (port, port)), .. ranges];
    }

    private static bool HasName(ServiceInfo service, string name) =>
        service.Aliases.Prepend(service.Name).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static int SlotOf(int port, TransportProtocol protocol) =>
        protocol == TransportProtocol.Tcp ? port : PortCount + port;

    private int BestOf(int port, TransportProtocol protocol) =>
        port is >= 0 and < PortCount && protocol is TransportProtocol.Tcp or TransportProtocol.Udp
            ? _best[SlotOf(port, protocol)]
            : 0;

    // The best row last, so that each goes to the head of its chains.
    [MethodImpl(Compile.AtOnce)]
    private void LinkRows()
    {
        for (var i = _rows.Count - 1; i >= 0; i--)
        {
            var row = _rows[i];
            for (var port = row.FirstPort; port <= row.LastPort; port++)
            {
                if (row.Has(TransportProtocol.Tcp))
                    Link(row, port);
                if (row.Has(TransportProtocol.Udp))
                    Link(row, PortCount + port);
            }
        }
    }

    private void Link(ServiceRow row, int slot)
    {
        _linked.Add(row);
        _next.Add(_best[slot]);
        _best[slot] = _linked.Count;
    }

    [MethodImpl(Compile.AtOnce)]
    private List<ServiceInfo> DescribeAll()
    {
        var services = new List<ServiceInfo>(_linked.Count);
        foreach (var row in _rows)
        {
            for (var port = row.FirstPort; port <= row.LastPort; port++)
            {
                if (row.Has(TransportProtocol.Tcp) && Describe(row, port, TransportProtocol.Tcp) is { } tcp)
                    services.Add(tcp);
                if (row.Has(TransportProtocol.Udp) && Describe(row, port, TransportProtocol.Udp) is { } udp)
                    services.Add(udp);
            }
        }

        return services;
    }

    // Null for IANA's row of a service that the system's database has too: the system's entry speaks for both.
    [MethodImpl(Compile.AtOnce)]
    private ServiceInfo? Describe(ServiceRow row, int port, TransportProtocol protocol)
    {
        var aliases = row.ReadAliases();
        var description = row.ReadDescription();

        var first = BestOf(port, protocol);
        if (_next[first - 1] != 0)
        {
            if (row.Origin == ServiceOrigin.Iana && SystemRowOf(row, first) is not null)
                return null;

            for (var link = first; link != 0; link = _next[link - 1])
            {
                var other = _linked[link - 1];
                if (other.Origin != ServiceOrigin.Iana || SystemRowOf(other, first) != row)
                    continue;

                aliases = [.. aliases, .. other.ReadNames()
                    .Except(aliases.Prepend(row.Name), StringComparer.OrdinalIgnoreCase)];
                if (description.Length == 0)
                    description = other.ReadDescription();
            }
        }

        return new ServiceInfo(row.Name, port, protocol, aliases, description, row.Origin);
    }

    private ServiceRow? SystemRowOf(ServiceRow row, int firstLink)
    {
        for (var link = firstLink; link != 0; link = _next[link - 1])
        {
            var other = _linked[link - 1];
            if (other.Origin == ServiceOrigin.System
                && other.ReadNames().Intersect(row.ReadNames(), StringComparer.OrdinalIgnoreCase).Any())
                return other;
        }

        return null;
    }

    private Dictionary<string, List<ServiceRow>> IndexNames()
    {
        var index = new Dictionary<string, List<ServiceRow>>(_rows.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var row in _rows)
        {
            Add(row.Name, row);
            foreach (var alias in row.ReadAliases())
                Add(alias, row);
        }

        return index;

        void Add(string name, ServiceRow row)
        {
            if (index.TryGetValue(name, out var rows))
                rows.Add(row);
            else
                index.Add(name, [row]);
        }
    }
}
