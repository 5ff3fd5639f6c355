using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace SocketTools;

/// <summary>An address in every notation, what it is for, and the block that its prefix makes.</summary>
public sealed class IPAddressInfo
{
    private readonly IPAddress _address;
    private readonly byte[] _bytes;
    private readonly AddressBlock? _block;
    private readonly SpecialAddresses _special;

    internal IPAddressInfo(IPAddress address, int? prefixLength = null, int? port = null)
    {
        _address = address;
        _bytes = address.GetAddressBytes();
        _block = prefixLength is { } length ? new AddressBlock(_bytes, length) : null;
        _special = SpecialAddresses.Holding(_bytes);
        Port = port;
    }

    /// <summary>The same as <see cref="Address"/>: the host that the address is of.</summary>
    public string ComputerName => Address;

    /// <summary>The port that came with the address, null when none did.</summary>
    public int? Port { get; }

    /// <summary>The address in its shortest usual form (RFC 5952), with its zone if it has one.</summary>
    public string Address => _address.ToString();

    /// <summary>4 for IPv4, 6 for IPv6.</summary>
    public int Version => IsIPv4 ? 4 : 6;

    /// <summary>An IPv6 address with all its zeros, without a zone; an IPv4 address as it is.</summary>
    public string Expanded => AddressNotation.Expanded(_address);

    /// <summary>The 4 or 16 bytes in network order.</summary>
    public byte[] Bytes => (byte[])_bytes.Clone();

    /// <summary>The address as a number: a long for IPv4, a BigInteger for IPv6.</summary>
    public object Number => Narrow(AddressNotation.Number(_bytes));

    /// <summary>All 8 or 32 digits after <c>0x</c>.</summary>
    public string Hexadecimal => AddressNotation.Hexadecimal(_bytes);

    /// <summary>All 32 or 128 bits, an octet between dots in IPv4, sixteen between colons in IPv6.</summary>
    public string Binary => AddressNotation.Binary(_bytes);

    /// <summary>The name whose PTR record names the host (RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
    public string ReverseName => AddressNotation.ReverseName(_bytes);

    /// <summary>An IPv4 address in IPv6 (<c>::ffff:192.0.2.7</c>, RFC 4291 section 2.5.5.2); null for other IPv6 addresses.</summary>
    public string? MappedAddress => IsIPv4 || Scope == AddressScope.IPv4Mapped ? _address.MapToIPv6().ToString() : null;

    /// <summary>The IPv4 address in an IPv6 address that is IPv4-mapped or -compatible, of NAT64's well-known prefix, 6to4, or
    /// of a Teredo client; null where there is none.</summary>
    public string? EmbeddedAddress => IsIPv4 ? null : Scope switch
    {
        AddressScope.IPv4Mapped or AddressScope.IPv4Compatible => Part(12),
        AddressScope.Nat64 when _special.Block.PrefixLength == 96 => Part(12),
        AddressScope.SixToFour => Part(2),
        // RFC 4380 section 4: every bit of the client's address is inverted.
        AddressScope.Teredo => Part(12, 0xFF),
        _ => null,
    };

    /// <summary>The class of an IPv4 address, null for IPv6.</summary>
    public AddressClass? Class => !IsIPv4 ? null : _bytes[0] switch
    {
        < 128 => AddressClass.A,
        < 192 => AddressClass.B,
        < 224 => AddressClass.C,
        < 240 => AddressClass.D,
        _ => AddressClass.E,
    };

    /// <summary>What the address is for.</summary>
    public AddressScope Scope => _special.Scope;

    /// <summary>How far a multicast address reaches (RFC 7346 section 2, RFC 2365 section 8); null for others, and where
    /// the scope is not assigned.</summary>
    public MulticastScope? MulticastScope => Scope != AddressScope.Multicast ? null : IsIPv4 ? MulticastScopeOfIPv4() : MulticastScopeOfIPv6();

    /// <summary>Whether the internet forwards packets to the address (RFC 8190); null where it depends on an address in it.</summary>
    public bool? GloballyReachable => Scope == AddressScope.Multicast ? MulticastScope == SocketTools.MulticastScope.Global : _special.GloballyReachable;

    /// <summary>The name of the smallest registered block that holds the address: <c>Private-Use</c>.</summary>
    public string Purpose => _special.Purpose;

    /// <summary>Where that block is specified: <c>RFC 1918</c>.</summary>
    public string Specification => _special.Specification;

    /// <summary>What htonl gives for an IPv4 address on this computer: the number that its bytes in network order are read
    /// as; null for IPv6.</summary>
    public long? NetworkOrderNumber => IsIPv4 ? BitConverter.ToUInt32(_bytes, 0) : null;

    /// <summary>What htons gives for <see cref="Port"/> on this computer; null without a port.</summary>
    public int? NetworkOrderPort => Port is { } port ? (ushort)IPAddress.HostToNetworkOrder((short)port) : null;

    /// <summary>How many bits the addresses of the block share; null when no prefix was given, as are all that follow.</summary>
    public int? PrefixLength => _block?.PrefixLength;

    /// <summary>The block: <c>192.0.2.0/24</c>.</summary>
    public string? Network => _block is null ? null : $"{_block.First}/{_block.PrefixLength}";

    /// <summary>The block's first address.</summary>
    public string? NetworkAddress => _block?.First.ToString();

    /// <summary>The block's last address, that of all its hosts; null in IPv6 and in blocks of one or two addresses.</summary>
    public string? BroadcastAddress => _block is { HasBroadcast: true } ? _block.Last.ToString() : null;

    /// <summary>The first address for a host: after the network's (in IPv6 the routers') own, unless the block has one or two.</summary>
    public string? FirstHost => _block?.FirstHost.ToString();

    /// <summary>The last address for a host: before the broadcast address if there is one.</summary>
    public string? LastHost => _block?.LastHost.ToString();

    /// <summary>How many addresses the block has: a long, or a BigInteger from 2 to the 63rd on.</summary>
    public object? AddressCount => _block is null ? null : Narrow(_block.Count);

    /// <summary>How many addresses lie from <see cref="FirstHost"/> to <see cref="LastHost"/>, both included.</summary>
    public object? HostCount => _block is null ? null : Narrow(_block.HostCount);

    /// <summary>The bits that the addresses of the block share: <c>255.255.255.0</c>.</summary>
    public string? Netmask => _block is null ? null : AddressNotation.Mask(_block.Netmask);

    /// <summary>The bits in which they differ: <c>0.0.0.255</c>.</summary>
    public string? WildcardMask => _block is null ? null : AddressNotation.Mask(_block.Wildcard);

    internal AddressFamily Family => _address.AddressFamily;

    private bool IsIPv4 => _address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Reads an address, with or without a prefix or a port, in any of its notations.</summary>
    /// <exception cref="FormatException">The text is no address, or in a form that programs read differently.</exception>
    public static IPAddressInfo Parse(string text)
    {
        var input = AddressInput.Parse(text ?? throw new ArgumentNullException(nameof(text)));
        return input.IsLegacy
            ? throw new FormatException($"'{text}' is an old form of an IPv4 address. {AddressInput.Accepted}")
            : Of(input);
    }

    /// <summary>Whether an address, and all of its block if it has a prefix, lies in this one's block; without a prefix that
    /// is this address alone. Zones do not count.</summary>
    public bool Contains(IPAddressInfo other)
    {
        if (other is null)
            throw new ArgumentNullException(nameof(other));
        return OwnBlock().Contains(other.OwnBlock());
    }

    /// <summary>The address, with its prefix or its port.</summary>
    public override string ToString() =>
        _block is not null ? $"{Address}/{_block.PrefixLength}" : Port is { } port ? HostTarget.Join(Address, port) : Address;

    internal static IPAddressInfo Of(AddressInput input) => new(input.Address, input.PrefixLength, input.Port);

    private AddressBlock OwnBlock() => _block ?? new AddressBlock(_bytes, _bytes.Length * 8);

    // What survives serialisation wherever it can hold the number.
    private static object Narrow(BigInteger number)
    {
        object narrow = number <= long.MaxValue ? (object)(long)number : number;
        return narrow;
    }

    private string Part(int start, byte mask = 0) =>
        new IPAddress([.. _bytes.Skip(start).Take(4).Select(octet => (byte)(octet ^ mask))]).ToString();

    // The blocks into which a scope may grow (RFC 2365 sections 6.1 and 6.2) are of that scope.
    private MulticastScope MulticastScopeOfIPv4() => (_bytes[0], _bytes[1], _bytes[2]) switch
    {
        (224, 0, 0) => SocketTools.MulticastScope.LinkLocal,
        (239, >= 253, _) => SocketTools.MulticastScope.RealmLocal,
        (239, <= 195, _) => SocketTools.MulticastScope.OrganizationLocal,
        (239, _, _) => SocketTools.MulticastScope.AdminLocal,
        _ => SocketTools.MulticastScope.Global,
    };

    private MulticastScope? MulticastScopeOfIPv6() => (_bytes[1] & 0x0F) is 1 or 2 or 3 or 4 or 5 or 8 or 14 ? (MulticastScope)(_bytes[1] & 0x0F) : null;
}
