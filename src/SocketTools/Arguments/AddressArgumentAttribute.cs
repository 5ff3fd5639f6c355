using System;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads an address of this computer, or several, given as addresses or as text.</summary>
internal sealed class AddressArgumentAttribute : ParsedArgumentAttribute
{
    /// <summary>What the address is for, as in "is not an address to listen on".</summary>
    public string Purpose { get; set; } = "listen on";

    /// <inheritdoc/>
    protected override string[] PropertyNames { get; } = [];

    /// <inheritdoc/>
    protected override object Read(object value) => Unwrapped(value) switch
    {
        IPAddress address => address,
        object[] { Length: > 0 } list => Array.ConvertAll(list, item => (IPAddress)Read(item)),
        string text when HostTarget.TryParseAddress(text, out var address) => address,
        _ => throw new FormatException(
            $"'{value}' is not an address to {Purpose}: give an IPv4 or IPv6 address of this computer (127.0.0.1, ::1), 0.0.0.0 or :: for all."),
    };
}
