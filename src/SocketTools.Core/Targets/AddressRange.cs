using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Numerics;

namespace SocketTools;

/// <summary>Addresses from one to another, both included: a single address, a CIDR block (RFC 4632) or a range.</summary>
internal sealed class AddressRange
{
    private readonly BigInteger _first;
    private readonly BigInteger _last;
    private readonly int _width;
    private readonly long _zone;

    private AddressRange(BigInteger first, BigInteger last, int width, long zone)
    {
        _first = first;
        _last = last;
        _width = width;
        _zone = zone;
    }

    public BigInteger Count => _last - _first + 1;

    /// <summary>The addresses in ascending order; a block's network and broadcast addresses are among them.</summary>
    public IEnumerable<IPAddress> Addresses()
    {
        for (var value = _first; value <= _last; value++)
            yield return ToAddress(value);
    }

    /// <summary>Reads <c>a</c>, <c>a/prefix</c>, <c>a-b</c> or <c>a..b</c>, where b is an address or, for IPv4, its last part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The addresses.</param>
    /// <param name="fault">Why text that starts as such a range is none; null when it is something else altogether.</param>
    public static bool TryParse(string text, out AddressRange? range, out string? fault)
    {
        range = null;
        fault = null;
        if (HostTarget.TryParseAddress(text, out var single))
        {
            range = Between(single, single);
            return true;
        }
        var slash = text.IndexOf('/');
        if (slash > 0 && HostTarget.TryParseAddress(text.Substring(0, slash), out var network))
            return TryBlock(network, text.Substring(slash + 1), out range, out fault);
        var (start, end) = SplitRange(text);
        if (end is null || !HostTarget.TryParseAddress(start, out var first))
            return false;
        return TryBetween(first, end, out range, out fault);
    }

    private static (string Start, string? End) SplitRange(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0)
            return (text.Substring(0, dots), text.Substring(dots + 2));
        var dash = text.IndexOf('-');
        return dash > 0 ? (text.Substring(0, dash), text.Substring(dash + 1)) : (text, null);
    }

    private static bool TryBlock(IPAddress network, string prefix, out AddressRange? range, out string? fault)
    {
        range = null;
        fault = null;
        var width = network.GetAddressBytes().Length;
        if (!int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > width * 8)
        {
            fault = $"a prefix length is a number from 0 to {width * 8}";
            return false;
        }
        var size = BigInteger.One << ((width * 8) - length);
        var first = ToNumber(network) / size * size;
        range = new AddressRange(first, first + size - 1, width, ZoneOf(network));
        return true;
    }

    private static bool TryBetween(IPAddress first, string end, out AddressRange? range, out string? fault)
    {
        range = null;
        fault = null;
        var bytes = first.GetAddressBytes();
        if (!HostTarget.TryParseAddress(end, out var last))
        {
            if (bytes.Length != 4 || !byte.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var part))
            {
                fault = "a range ends with an address, or with the last part of an IPv4 address (0 to 255)";
                return false;
            }
            last = new IPAddress([bytes[0], bytes[1], bytes[2], part]);
        }
        if (last.AddressFamily != first.AddressFamily)
        {
            fault = "both ends of a range are of one address family";
            return false;
        }
        range = Between(first, last);
        if (range.Count >= 1)
            return true;
        range = null;
        fault = "a range goes from the lower address to the higher";
        return false;
    }

    private static AddressRange Between(IPAddress first, IPAddress last) =>
        new(ToNumber(first), ToNumber(last), first.GetAddressBytes().Length, ZoneOf(first));

    private static long ZoneOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static BigInteger ToNumber(IPAddress address) =>
        address.GetAddressBytes().Aggregate(BigInteger.Zero, static (number, part) => (number << 8) | part);

    private IPAddress ToAddress(BigInteger value)
    {
        var bytes = new byte[_width];
        for (var i = _width - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)(value & 0xFF);
        return _zone == 0 ? new IPAddress(bytes) : new IPAddress(bytes, _zone);
    }
}
