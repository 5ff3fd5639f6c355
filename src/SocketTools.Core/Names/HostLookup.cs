using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Gathers what the resolver knows of a host: forward, then back from every address, inside one deadline.</summary>
internal sealed class HostLookup
{
    private readonly IHostResolver _resolver;
    private readonly AddressFamily _family;
    private readonly TimeSpan _deadline;

    public HostLookup(IHostResolver resolver, AddressFamily family, TimeSpan deadline)
    {
        _resolver = resolver;
        _family = family;
        _deadline = deadline;
    }

    /// <summary>What is known of a name or an address.</summary>
    /// <exception cref="NameResolutionException">The name does not resolve.</exception>
    public async Task<HostInfo> FindAsync(string host, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var isAddress = HostTarget.TryParseAddress(host, out _);
        var forward = await _resolver.ResolveAsync(host, _family, _deadline, cancellation).ConfigureAwait(false);
        if (forward.Error is not null)
            throw HostResolver.Exception(host, forward.Error);
        var reverse = isAddress || !_resolver.IsChosenServer
            ? await ReverseAllAsync(forward.Addresses, clock, cancellation).ConfigureAwait(false)
            : [];
        if (_resolver.IsChosenServer && reverse.Select(static r => r.Error).FirstOrDefault() is { } error)
            throw HostResolver.Exception(host, error);
        var canonical = (isAddress ? FirstOf(reverse[0].Names) : forward.CanonicalName) ?? host;
        var aliases = isAddress
            ? [.. reverse[0].Names.Skip(1)]
            : await AliasesAsync(host, canonical, forward, forward.Addresses, clock, cancellation).ConfigureAwait(false);
        return Describe(host, canonical, aliases, forward.Addresses, reverse, clock);
    }

    /// <summary>What is known of this host: its name's answers first, then its interfaces' other addresses.</summary>
    public async Task<HostInfo> FindThisHostAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var name = Dns.GetHostName();
        var forward = await _resolver.ResolveAsync(name, _family, _deadline, cancellation).ConfigureAwait(false);
        var own = forward.Addresses.Concat(InterfaceAddresses()).Distinct().ToArray();
        var reverse = await ReverseAllAsync(own, clock, cancellation).ConfigureAwait(false);
        var canonical = forward.CanonicalName ?? name;
        var aliases = await AliasesAsync(name, canonical, forward, own, clock, cancellation).ConfigureAwait(false);
        return Describe(name, canonical, aliases, own, reverse, clock);
    }

    private static HostInfo Describe(
        string host, string canonical, IReadOnlyList<string> aliases, IReadOnlyList<IPAddress> addresses, ReverseAnswer[] reverse, Stopwatch clock)
    {
        var names = reverse.SelectMany(static r => r.Names).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var dotted = reverse.Take(1).SelectMany(static r => r.Names).FirstOrDefault(static n => n.IndexOf('.') >= 0);
        return new HostInfo(
            host,
            canonical,
            dotted ?? canonical,
            aliases,
            [.. addresses.Select(static a => a.ToString())],
            names,
            clock.Elapsed.TotalMilliseconds);
    }

    private Task<ReverseAnswer[]> ReverseAllAsync(
        IReadOnlyList<IPAddress> addresses, Stopwatch clock, CancellationToken cancellation)
    {
        var deadline = Left(clock);
        return Task.WhenAll(addresses.Select(a => _resolver.ReverseAsync(a, deadline, cancellation)));
    }

    private async Task<IReadOnlyList<string>> AliasesAsync(
        string host, string canonical, ForwardAnswer forward, IReadOnlyList<IPAddress> addresses, Stopwatch clock, CancellationToken cancellation)
    {
        if (forward.Aliases is { } aliases)
            return aliases;
        var family = addresses.Any(static a => a.AddressFamily == AddressFamily.InterNetwork) ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        return await _resolver.AliasesAsync(host, family, Left(clock), cancellation).ConfigureAwait(false) ?? OtherNames(host, canonical);
    }

    private TimeSpan Left(Stopwatch clock) => _deadline > clock.Elapsed ? _deadline - clock.Elapsed : TimeSpan.Zero;

    private static string? FirstOf(IReadOnlyList<string> names) => names.Count > 0 ? names[0] : null;

    // A resolver that tells no aliases: the name that was asked for is one when another name answered.
    private static string[] OtherNames(string host, string canonical) =>
        string.Equals(host.TrimEnd('.'), canonical.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? [] : [host];

    private IEnumerable<IPAddress> InterfaceAddresses() =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from unicast in card.GetIPProperties().UnicastAddresses
        where _family == AddressFamily.Unspecified || unicast.Address.AddressFamily == _family
        select unicast.Address;
}
