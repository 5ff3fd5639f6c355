using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Gathers what the resolver knows of a host inside one deadline: of a name, its addresses, and where that is asked
/// for the names that these lead back to; of an address, its names.</summary>
internal sealed class HostLookup
{
    private readonly IHostResolver _resolver;
    private readonly HostLookupOptions _options;

    public HostLookup(IHostResolver resolver, HostLookupOptions options)
    {
        _resolver = resolver;
        _options = options;
    }

    /// <summary>What is known of a name or an address; a port that comes with it goes before the one that is needed.</summary>
    /// <exception cref="NameResolutionException">The name does not resolve, or a server that was chosen does not answer.</exception>
    public async Task<HostInfo> FindAsync(HostTarget target, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var host = target.ComputerName;
        var forward = await _resolver.ResolveAsync(host, _options.Family, _options.Timeout, cancellation).ConfigureAwait(false);
        if (forward.Error is not null)
            throw HostResolver.Exception(host, forward.Error);
        var facts = new HostFacts(host, HostTarget.ToUnicode(forward.CanonicalName ?? host), [.. forward.Addresses])
        {
            AddressInfo = NeedsOf(target).WaysTo(forward.Addresses),
        };
        facts = HostTarget.TryParseAddress(host, out _)
            ? await NamedAsync(facts, clock, cancellation).ConfigureAwait(false)
            : await WithAliasesAsync(facts, forward.Aliases, clock, cancellation).ConfigureAwait(false);
        return new HostInfo(facts with { ElapsedMs = clock.Elapsed.TotalMilliseconds });
    }

    /// <summary>What is known of this host: its name's answers first, then its interfaces' other addresses.</summary>
    public async Task<LocalHostInfo> FindThisHostAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var here = ThisHost.Look();
        var forward = await _resolver.ResolveAsync(here.Name, _options.Family, _options.Timeout, cancellation).ConfigureAwait(false);
        var own = forward.Addresses.Concat(here.Addresses.Where(IsWanted)).Distinct().ToArray();
        var facts = new HostFacts(here.Name, forward.CanonicalName ?? here.Name, own) { AddressInfo = _options.Needs.WaysTo(own) };
        facts = await WithAliasesAsync(facts, forward.Aliases, clock, cancellation).ConfigureAwait(false);
        return new LocalHostInfo(
            facts with { ElapsedMs = clock.Elapsed.TotalMilliseconds }, here.Domain, here.Interfaces, ThisHost.OutgoingAddresses, SocketSupport.TryAll());
    }

    private SocketNeeds NeedsOf(HostTarget target) =>
        target.Port is { } port ? SocketNeeds.Of(port) with { Kind = _options.Needs.Kind } : _options.Needs;

    private bool IsWanted(IPAddress address) => _options.Family == AddressFamily.Unspecified || address.AddressFamily == _options.Family;

    private async Task<HostFacts> NamedAsync(HostFacts facts, Stopwatch clock, CancellationToken cancellation)
    {
        facts = await WithReverseAsync(facts, clock, cancellation).ConfigureAwait(false);
        var names = facts.ReverseNames;
        return names.Count == 0
            ? facts
            : facts with { HostName = names[0], Aliases = [.. names.Skip(1)], FullyQualifiedName = Dotted(names) ?? names[0] };
    }

    private async Task<HostFacts> WithAliasesAsync(
        HostFacts facts, IReadOnlyList<string>? told, Stopwatch clock, CancellationToken cancellation)
    {
        var aliases = told ?? await AliasesAsync(facts, clock, cancellation).ConfigureAwait(false);
        facts = facts with { Aliases = aliases, AnsweredName = AnsweredName(facts.ComputerName, aliases, facts.HostName) };
        return _options.Reverse ? await WithReverseAsync(facts, clock, cancellation).ConfigureAwait(false) : facts;
    }

    private async Task<IReadOnlyList<string>> AliasesAsync(HostFacts facts, Stopwatch clock, CancellationToken cancellation)
    {
        var family = Array.Exists(facts.Addresses, static a => a.AddressFamily == AddressFamily.InterNetwork)
            ? AddressFamily.InterNetwork
            : AddressFamily.InterNetworkV6;
        return await _resolver.AliasesAsync(facts.ComputerName, family, Left(clock), cancellation).ConfigureAwait(false)
            ?? OtherNames(facts.ComputerName, facts.HostName);
    }

    private async Task<HostFacts> WithReverseAsync(HostFacts facts, Stopwatch clock, CancellationToken cancellation)
    {
        var left = Left(clock);
        var reverse = await Task.WhenAll(facts.Addresses.Select(a => _resolver.ReverseAsync(a, left, cancellation))).ConfigureAwait(false);
        if (_resolver.IsChosenServer && reverse.Select(static r => r.Error).OfType<ResolverError>().FirstOrDefault() is { } error)
            throw HostResolver.Exception(facts.ComputerName, error);
        return facts with
        {
            ReverseNames = [.. reverse.SelectMany(static r => r.Names).Distinct(StringComparer.OrdinalIgnoreCase)],
            FullyQualifiedName = Dotted([.. reverse.Take(1).SelectMany(static r => r.Names)]) ?? facts.HostName,
            ForwardConfirmed = _options.Reverse ? await IsConfirmedAsync(facts.Addresses, reverse, clock, cancellation).ConfigureAwait(false) : null,
        };
    }

    // An address is confirmed by any of its names; one without a name says nothing.
    private async Task<bool?> IsConfirmedAsync(
        IPAddress[] addresses, ReverseAnswer[] reverse, Stopwatch clock, CancellationToken cancellation)
    {
        bool? confirmed = null;
        for (var i = 0; i < reverse.Length && confirmed != false; i++)
        {
            if (reverse[i].Names.Count > 0)
                confirmed = await LeadsToAsync(reverse[i].Names, addresses[i], clock, cancellation).ConfigureAwait(false);
        }
        return confirmed;
    }

    private async Task<bool> LeadsToAsync(IReadOnlyList<string> names, IPAddress address, Stopwatch clock, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            var forward = await _resolver.ResolveAsync(name, address.AddressFamily, Left(clock), cancellation).ConfigureAwait(false);
            if (forward.Addresses.Contains(address))
                return true;
        }
        return false;
    }

    private static string? Dotted(IReadOnlyList<string> names) => names.FirstOrDefault(static n => n.IndexOf('.') >= 0);

    private TimeSpan Left(Stopwatch clock) => _options.Timeout > clock.Elapsed ? _options.Timeout - clock.Elapsed : TimeSpan.Zero;

    // With a search suffix the answer's first name is the one asked for, and more: the canonical one, or an alias of it.
    private static string AnsweredName(string host, IEnumerable<string> aliases, string canonical)
    {
        var asked = host.TrimEnd('.') + ".";
        return aliases.Append(canonical).FirstOrDefault(name =>
            (name + ".").StartsWith(asked, StringComparison.OrdinalIgnoreCase))?.TrimEnd('.') ?? host;
    }

    // A resolver that tells no aliases: the name that was asked for is one when another name answered.
    private static string[] OtherNames(string host, string canonical) =>
        string.Equals(host.TrimEnd('.'), canonical.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? [] : [host];
}
