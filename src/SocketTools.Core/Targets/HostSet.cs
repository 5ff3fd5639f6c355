using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace SocketTools;

/// <summary>Hosts to work on: names, addresses, end points, URLs, CIDR blocks and ranges of addresses. It is enumerated
/// lazily, in the order given; a block of a million hosts takes no more memory than one host.</summary>
public sealed class HostSet : IEnumerable<HostTarget>
{
    /// <summary>What can be written where a host is asked for, in one sentence.</summary>
    internal const string Accepted =
        "Give a name (db1), an address (192.0.2.7, 2001:db8::7, fe80::1%eth0), an end point (db1:5432, [2001:db8::7]:443), " +
        "a URL (https://shop.example), a block (192.0.2.0/28) or a range (192.0.2.1-20).";

    private readonly HostPattern[] _patterns;

    private HostSet(HostPattern[] patterns) => _patterns = patterns;

    /// <summary>How many hosts there are.</summary>
    public BigInteger Count => _patterns.Aggregate(BigInteger.Zero, static (sum, pattern) => sum + pattern.Count);

    /// <summary>How many end points these hosts make with ports that count where a host brings none.</summary>
    internal BigInteger CountWith(PortSet? ports) => _patterns.Aggregate(BigInteger.Zero, (sum, pattern) => sum + pattern.CountWith(ports));

    /// <summary>Reads hosts from text; commas part several.</summary>
    /// <exception cref="FormatException">The text is no host; the message says what is.</exception>
    public static HostSet Parse(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        return new HostSet([.. text.Split(',').Select(static part => HostPattern.Parse(part.Trim()))]);
    }

    /// <summary>All hosts of several sets, in order.</summary>
    internal static HostSet Join(IEnumerable<HostSet> sets) => new([.. sets.SelectMany(static s => s._patterns)]);

    /// <summary>The same hosts, with ports for where nobody gives others.</summary>
    internal HostSet Otherwise(PortSet? ports) => new([.. _patterns.Select(p => p.Otherwise(ports))]);

    /// <summary>The hosts, one by one, in the order given.</summary>
    public IEnumerator<HostTarget> GetEnumerator() => _patterns.SelectMany(static p => p.Expand()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The hosts as they were written.</summary>
    public override string ToString() => string.Join(",", _patterns.Select(static p => p.ToString()));
}
