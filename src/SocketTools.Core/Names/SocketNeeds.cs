using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>What sockets are wanted for: which service or port, and which kind; both restrict as in <c>getaddrinfo</c>.</summary>
internal sealed record SocketNeeds
{
    private static readonly (SocketKind Kind, TransportProtocol? Protocol)[] Kinds =
        [(SocketKind.Stream, TransportProtocol.Tcp), (SocketKind.Datagram, TransportProtocol.Udp), (SocketKind.Raw, null)];

    private IReadOnlyList<ServiceInfo> _services = [];

    /// <summary>The service or the port as it was given; null when none was.</summary>
    public string? Service { get; private init; }

    /// <summary>The port, where no service says which; 0 when none is wanted.</summary>
    public int Port { get; private init; }

    /// <summary>The only kind that is wanted; null for any.</summary>
    public SocketKind? Kind { get; init; }

    /// <summary>Any socket to one port.</summary>
    public static SocketNeeds Of(int port) => new() { Port = port };

    /// <summary>Sockets for a service, by its name or by the number of its port; any when null.</summary>
    /// <exception cref="FormatException">No registry knows it; the message says what is taken.</exception>
    public static SocketNeeds Of(string? service)
    {
        if (service is null)
            return new SocketNeeds();
        if (int.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
            return new SocketNeeds { Service = service, Port = port };
        var found = ServiceRegistry.Default.FindByName(service);
        return found.Count > 0
            ? new SocketNeeds { Service = service, _services = found }
            : throw new FormatException($"'{service}' is not a service: give the name of one that is registered (Get-ServiceByName), or a port from 0 to 65535.");
    }

    /// <summary>The ways to addresses: for each, one a kind of socket.</summary>
    public AddressInfo[] WaysTo(IReadOnlyList<IPAddress> addresses) =>
    [
        .. from address in addresses
           from way in Ways()
           where Kind is null || way.Kind == Kind
           let family = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPVersion.IPv6 : IPVersion.IPv4
           select new AddressInfo(family, way.Kind, way.Protocol, address.ToString(), way.Port),
    ];

    private IEnumerable<(SocketKind Kind, TransportProtocol? Protocol, int Port)> Ways() => _services.Count == 0
        ? Kinds.Select(kind => (kind.Kind, kind.Protocol, Port))
        : from kind in Kinds
          from service in _services
          where service.Protocol == kind.Protocol
          select (kind.Kind, kind.Protocol, service.Port);
}
