using System;
using System.Net;
using System.Numerics;

namespace SocketTools;

/// <summary>The addresses that begin with the same bits: a CIDR block (RFC 4632 section 3.1).</summary>
internal sealed class AddressBlock
{
    private readonly byte[] _first;
    private readonly byte[] _mask;

    /// <param name="address">Any address of the block, in network order.</param>
    /// <param name="prefixLength">How many bits its addresses share.</param>
    public AddressBlock(byte[] address, int prefixLength)
    {
        PrefixLength = prefixLength;
        _mask = new byte[address.Length];
        for (var bit = 0; bit < prefixLength; bit++)
            _mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        _first = (byte[])address.Clone();
        for (var i = 0; i < _first.Length; i++)
            _first[i] &= _mask[i];
    }

    public int PrefixLength { get; }

    /// <summary>How many bits of an address vary within the block.</summary>
    public int HostBits => (_first.Length * 8) - PrefixLength;

    public BigInteger Count => BigInteger.One << HostBits;

    public IPAddress First => new(_first);

    public IPAddress Last
    {
        get
        {
            var last = WildcardBytes();
            for (var i = 0; i < last.Length; i++)
                last[i] |= _first[i];
            return new IPAddress(last);
        }
    }

    public IPAddress Netmask => new(_mask);

    public IPAddress Wildcard => new(WildcardBytes());

    /// <summary>Where hosts begin: after the network's own address, which is the routers' in IPv6 (RFC 4291 section 2.6.1),
    /// unless the block has two addresses (RFC 3021, RFC 6164) or one.</summary>
    public IPAddress FirstHost => HostBits < 2 ? First : new(Stepped(_first, 1));

    /// <summary>Where hosts end: before the broadcast address, which IPv6 has not.</summary>
    public IPAddress LastHost => HasBroadcast ? new(Stepped(Last.GetAddressBytes(), -1)) : Last;

    public BigInteger HostCount => HostBits < 2 ? Count : Count - (HasBroadcast ? 2 : 1);

    /// <summary>Whether the last address is that of all hosts: in IPv4 unless the block has two addresses (RFC 3021) or one.</summary>
    public bool HasBroadcast => _first.Length == 4 && HostBits >= 2;

    /// <summary>Whether an address of the same family lies in the block.</summary>
    public bool Contains(byte[] address)
    {
        if (address.Length != _first.Length)
            return false;
        for (var i = 0; i < address.Length; i++)
        {
            if ((address[i] & _mask[i]) != _first[i])
                return false;
        }
        return true;
    }

    /// <summary>Whether all addresses of another block lie in this one.</summary>
    public bool Contains(AddressBlock other) => other.PrefixLength >= PrefixLength && Contains(other._first);

    /// <summary>The prefix length that an IPv4 netmask (<c>255.255.255.0</c>) or wildcard mask (<c>0.0.0.255</c>) says; null
    /// when it is neither. 0.0.0.0 and 255.255.255.255 could be both, and are netmasks.</summary>
    public static int? PrefixLengthOf(IPAddress mask)
    {
        var bytes = mask.GetAddressBytes();
        for (var length = 0; bytes.Length == 4 && length <= 32; length++)
        {
            var block = new AddressBlock(bytes, length);
            if (block.Netmask.Equals(mask) || (length is not (0 or 32) && block.Wildcard.Equals(mask)))
                return length;
        }
        return null;
    }

    private byte[] WildcardBytes() => Array.ConvertAll(_mask, static part => (byte)~part);

    // The neighbour never crosses the last byte: such a block has four addresses or more.
    private static byte[] Stepped(byte[] address, int step)
    {
        var stepped = (byte[])address.Clone();
        stepped[stepped.Length - 1] = (byte)(stepped[stepped.Length - 1] + step);
        return stepped;
    }
}
