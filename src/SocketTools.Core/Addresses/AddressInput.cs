using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace SocketTools;

/// <summary>An address as it was given, with what came with it.</summary>
internal sealed record AddressInput(IPAddress Address, string Text)
{
    /// <summary>What can be written where an address is asked for, in one sentence.</summary>
    internal const string Accepted =
        "Give an IPv4 or IPv6 address as text (192.0.2.7, 2001:db8::7), with a prefix (192.0.2.0/24), a port (192.0.2.7:80) or a zone " +
        "(fe80::1%eth0), as all digits in hexadecimal (0xc0000207) or binary, as a reverse name (7.2.0.192.in-addr.arpa), or as a number, byte[] or IPAddress.";

    /// <summary>The length of the prefix that came with the address, null when none did.</summary>
    public int? PrefixLength { get; init; }

    /// <summary>The port that came with the address, null when none did.</summary>
    public int? Port { get; init; }

    /// <summary>Whether it was a number, which could be an IPv6 address as well when it is small enough for IPv4.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether it was in a form of IPv4 that programs read differently (<c>0177.0.0.1</c>, <c>127.1</c>, <c>2130706433</c>).</summary>
    public bool IsLegacy { get; init; }

    /// <summary>Reads any notation of an address.</summary>
    /// <exception cref="FormatException">The text is none; the message says what is.</exception>
    public static AddressInput Parse(string given)
    {
        var text = given.Trim();
        if (text.Length == 0)
            throw new FormatException("An address is blank. " + Accepted);
        var slash = text.LastIndexOf('/');
        var input = slash < 0 || text.IndexOf("://", StringComparison.Ordinal) >= 0
            ? ParseAddress(text, text)
            : ParseAddress(text.Substring(0, slash), text).WithPrefix(text.Substring(slash + 1));
        return input;
    }

    /// <summary>The IPv4 address that is a number of 32 bits, also as PowerShell reads 0xc0000207: below zero; the IPv6
    /// address that is a greater one.</summary>
    /// <exception cref="FormatException">The number is too great or too small.</exception>
    public static AddressInput Of(BigInteger number)
    {
        if (number < int.MinValue || number >= BigInteger.One << 128)
            throw new FormatException($"{number.ToString(CultureInfo.InvariantCulture)} is not an address: IPv4 addresses are numbers of 32 bits, IPv6 addresses of 128.");
        var bits = number.Sign < 0 ? number + (BigInteger.One << 32) : number;
        return new(new IPAddress(AddressNotation.OfNumber(bits, bits >> 32 == 0 ? 4 : 16)), number.ToString(CultureInfo.InvariantCulture)) { IsNumber = true };
    }

    /// <summary>The address of 4 or 16 bytes in network order.</summary>
    /// <exception cref="FormatException">There are other than 4 or 16.</exception>
    public static AddressInput Of(byte[] bytes) => bytes.Length is 4 or 16
        ? Of(new IPAddress(bytes))
        : throw new FormatException($"{bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes are not an address: IPv4 addresses have 4, IPv6 addresses 16.");

    public static AddressInput Of(IPAddress address) => new(address, address.ToString());

    /// <summary>The same with a prefix, where none came with the address.</summary>
    /// <exception cref="FormatException">The address is shorter.</exception>
    public AddressInput WithPrefix(int length) =>
        PrefixLength is not null ? this : this with { PrefixLength = length >= 0 && length <= Width ? length : throw NoPrefix() };

    /// <summary>A number as the IPv6 address that it is.</summary>
    public AddressInput AsIPv6() => IsNumber && Address.AddressFamily == AddressFamily.InterNetwork
        ? this with { Address = new IPAddress(AddressNotation.OfNumber(AddressNotation.Number(Address.GetAddressBytes()), 16)) }
        : this;

    private int Width => Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private AddressInput WithPrefix(string prefix)
    {
        if (PrefixLength is not null)
            throw new FormatException($"'{Text}' has two prefixes. {Accepted}");
        if (int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= Width)
            return this with { PrefixLength = length };
        if (Width == 32 && HostTarget.TryParseAddress(prefix, out var mask) && AddressBlock.PrefixLengthOf(mask) is { } bits)
            return this with { PrefixLength = bits };
        throw NoPrefix();
    }

    private FormatException NoPrefix() => new(Width == 32
        ? $"'{Text}' is not an address: a prefix length is a number from 0 to 32, or a mask (255.255.255.0, 0.0.0.255)."
        : $"'{Text}' is not an address: a prefix length is a number from 0 to 128.");

    private static AddressInput ParseAddress(string text, string given)
    {
        if (HostTarget.TryParseAddress(text, out var address))
        {
            return text.IndexOf('%') < 0 || address.ScopeId != 0
                ? new(address, given)
                : throw new FormatException($"'{given}' is not an address here: this computer has no such network interface.");
        }
        if (AddressNotation.ReadHexadecimal(text) is { } hexadecimal)
            return new(new IPAddress(hexadecimal), given);
        if (AddressNotation.ReadBinary(text) is { } binary)
            return new(new IPAddress(binary), given);
        if (AddressNotation.ReadReverseName(text) is { } reverse)
            return new(new IPAddress(reverse.Address), given) { PrefixLength = reverse.PrefixLength < reverse.Address.Length * 8 ? reverse.PrefixLength : null };
        if (LegacyIPv4.TryParse(text, out address))
            return new(address, given) { IsLegacy = true };
        return ParseEndPoint(text, given);
    }

    private static AddressInput ParseEndPoint(string text, string given)
    {
        HostTarget host;
        try
        {
            host = HostTarget.Parse(text);
        }
        catch (FormatException)
        {
            throw new FormatException($"'{given}' is not an address. {Accepted}");
        }
        if (HostTarget.TryParseAddress(host.ComputerName, out var address))
            return new(address, given) { Port = host.Port };
        throw new FormatException($"'{given}' is a name, not an address: Resolve-HostInfo {host.ComputerName} gives its addresses. {Accepted}");
    }
}
