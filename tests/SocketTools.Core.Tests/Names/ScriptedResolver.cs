using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace SocketTools.Tests;

/// <summary>A resolver that knows what the test tells it, and nothing of the network's.</summary>
internal sealed class ScriptedResolver : SystemResolver
{
    private readonly ConcurrentDictionary<string, ForwardAnswer> _forward = new();
    private readonly Dictionary<IPAddress, ReverseAnswer> _reverse = [];
    private readonly Dictionary<string, string[]> _aliases = [];
    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _hangs = new();

    public ScriptedResolver Knows(string name, params string[] addresses)
    {
        _forward[name] = new ForwardAnswer(null, name, [.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public ScriptedResolver KnowsAlias(string alias, string canonical, params string[] addresses)
    {
        _forward[alias] = new ForwardAnswer(null, canonical, [.. addresses.Select(IPAddress.Parse)]);
        _aliases[alias] = [alias];
        return this;
    }

    /// <summary>Answers for a name with a search suffix added.</summary>
    public ScriptedResolver Completes(string name, string full, params string[] addresses)
    {
        _forward[name] = new ForwardAnswer(null, full, [.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public ScriptedResolver LeadsBack(string address, params string[] names)
    {
        _reverse[IPAddress.Parse(address)] = new ReverseAnswer(null, names);
        return this;
    }

    public ScriptedResolver Fails(string name, SocketError error, string errorName)
    {
        _forward[name] = ForwardAnswer.Failed(new ResolverError(error, errorName, -3));
        return this;
    }

    public ManualResetEventSlim Hangs(string name) => _hangs.GetOrAdd(name, static _ => new ManualResetEventSlim());

    public override ForwardAnswer Resolve(string name, AddressFamily family)
    {
        if (_hangs.TryGetValue(name, out var hang))
            hang.Wait(TimeSpan.FromSeconds(60));
        if (!_forward.TryGetValue(name, out var answer))
            return ForwardAnswer.Failed(new ResolverError(SocketError.HostNotFound, "EAI_NONAME", -2));
        if (family == AddressFamily.Unspecified || answer.Error is not null)
            return answer;
        var ofFamily = answer with { Addresses = [.. answer.Addresses.Where(a => a.AddressFamily == family)] };
        return ofFamily.Addresses.Count > 0 ? ofFamily : ForwardAnswer.Failed(new ResolverError(SocketError.HostNotFound, "EAI_NONAME", -2));
    }

    public override IReadOnlyList<string> AliasesOf(string name, AddressFamily family) => _aliases.TryGetValue(name, out var aliases) ? aliases : [];

    public override ReverseAnswer Reverse(IPAddress address) => _reverse.TryGetValue(address, out var answer)
        ? answer
        : ReverseAnswer.Failed(new ResolverError(SocketError.HostNotFound, "EAI_NONAME", -2));
}
