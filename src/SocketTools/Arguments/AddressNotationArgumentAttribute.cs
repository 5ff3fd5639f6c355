using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Numerics;

namespace SocketTools.Arguments;

/// <summary>Reads addresses in any notation: text, numbers, bytes, addresses, objects that have one in a property, and
/// lists of these.</summary>
internal sealed class AddressNotationArgumentAttribute : ParsedArgumentAttribute
{
    // An address before a name, which may stand beside it in the results of a test.
    private static readonly string[] AddressNames =
        ["Address", "Addresses", "IPAddress", "RemoteAddress", "ComputerName", "Cn", "Host", "HostName", "DNSHostName"];

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Inputs(value);

    /// <inheritdoc/>
    protected override object ReadNull() => throw Refused(null);

    private static AddressInput[] Inputs(object? value) => Unwrapped(value) switch
    {
        string text => [AddressInput.Parse(text)],
        IPAddress address => [AddressInput.Of(address)],
        byte[] bytes => [AddressInput.Of(bytes)],
        short or ushort or int or uint or long or ulong or BigInteger => [AddressInput.Of(NumberOf(value!))],
        decimal number when number == decimal.Truncate(number) => [AddressInput.Of((BigInteger)number)],
        AddressInput input => [input],
        object[] list => [.. list.SelectMany(Inputs)],
        byte => throw new FormatException("A single byte is not an address. Bytes of an address are piped as one object: , $bytes | Get-IPAddressInfo."),
        // PowerShell reads 127.1 and 127.10 as the same number.
        float or double or decimal => throw new FormatException($"A number with a fraction is not an address: write it in quotes. {AddressInput.Accepted}"),
        null or IConvertible => throw Refused(value),
        _ => InputsOf(PSObject.AsPSObject(value!)),
    };

    private static AddressInput[] InputsOf(PSObject item)
    {
        var address = AddressNames.Select(name => item.Properties[name]?.Value).FirstOrDefault(static value => value is not (null or ""));
        if (address is null)
            throw Refused(item);
        var port = PortSetArgumentAttribute.TryRead(item.Properties["Port"]?.Value) is { Count: 1 } ports ? ports.First() : (int?)null;
        var prefix = LanguagePrimitives.TryConvertTo<int?>(item.Properties["PrefixLength"]?.Value, out var length) ? length : null;
        return
        [
            .. Inputs(address).Select(input => input with { Port = input.Port ?? port })
                .Select(input => prefix is { } bits ? input.WithPrefix(bits) : input),
        ];
    }

    private static BigInteger NumberOf(object value) => Unwrapped(value) switch
    {
        BigInteger number => number,
        ulong number => number,
        var number => (BigInteger)Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static FormatException Refused(object? value) =>
        new($"{Name(value)} is not an address. {AddressInput.Accepted} Of an object, the property {string.Join(", ", AddressNames)} is taken.");
}
