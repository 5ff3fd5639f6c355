using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Numerics;

namespace SocketTools;

/// <summary>One entry of a host set: a single host, or the addresses from one to another.</summary>
internal sealed class HostPattern
{
    private const int LongestName = 253; // RFC 1035 section 2.3.4, without the final dot
    private const int LongestLabel = 63;

    private readonly string _text;
    private readonly string _host;
    private readonly int? _port;
    private readonly AddressRange? _range;
    private readonly PortSet? _otherwise;

    private HostPattern(string text, string host, int? port, AddressRange? range, PortSet? otherwise = null)
    {
        _text = text;
        _host = host;
        _port = port;
        _range = range;
        _otherwise = otherwise;
    }

    public BigInteger Count => _range?.Count ?? BigInteger.One;

    public BigInteger CountWith(PortSet? ports) => Count * (_port is null ? (ports ?? _otherwise)?.Count ?? 0 : 1);

    public override string ToString() => _text;

    public HostPattern Otherwise(PortSet? ports) => new(_text, _host, _port, _range, ports);

    public IEnumerable<HostTarget> Expand() => _range is null
        ? [new HostTarget(_host, _port, _otherwise)]
        : _range.Addresses().Select(a => new HostTarget(a.ToString(), _port, _otherwise, isOfBlock: !_range.Count.IsOne));

    public static HostPattern Parse(string text)
    {
        if (text.Length == 0)
            throw new FormatException("A host is blank. " + HostSet.Accepted);
        if (text.IndexOf("://", StringComparison.Ordinal) > 0)
            return FromUrl(text);
        var (host, port) = SplitPort(text);
        if (HostTarget.TryParseAddress(host, out var address))
        {
            return HasZone(host, address)
                ? new HostPattern(text, host, port, null)
                : throw Refused(text, "this computer has no such network interface");
        }
        if (AddressRange.TryParse(host, out var range, out var fault))
            return new HostPattern(text, host, port, range);
        if (fault is not null)
            throw Refused(text, fault);
        CheckName(text, host);
        return new HostPattern(text, host, port, null);
    }

    private static HostPattern FromUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw Refused(text, "it is not a URL with a host");
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.DnsSafeHost : url.IdnHost;
        var port = url.Port > 0 ? url.Port : ServiceRegistry.Default.FindByName(url.Scheme).Select(static s => (int?)s.Port).FirstOrDefault();
        if (port == 0)
            throw Refused(text, "port 0 cannot be connected to");
        if (!HostTarget.TryParseAddress(host, out _))
            CheckName(text, host);
        return new HostPattern(text, host, port, null);
    }

    private static (string Host, int? Port) SplitPort(string text)
    {
        if (text[0] == '[')
        {
            var end = text.IndexOf(']');
            if (end < 0 || !HostTarget.TryParseAddress(text.Substring(1, end - 1), out _))
                throw Refused(text, "brackets hold an IPv6 address");
            var rest = text.Substring(end + 1);
            if (rest.Length > 0 && rest[0] != ':')
                throw Refused(text, "after the bracket only ':' and a port can follow");
            return (text.Substring(1, end - 1), rest.Length == 0 ? null : ParsePort(text, rest.Substring(1)));
        }
        var colon = text.IndexOf(':');
        if (colon < 0 || text.IndexOf(':', colon + 1) >= 0)
            return (text, null);
        return (text.Substring(0, colon), ParsePort(text, text.Substring(colon + 1)));
    }

    // A zone that the system does not know is read as none.
    private static bool HasZone(string host, IPAddress address) => host.IndexOf('%') < 0 || address.ScopeId != 0;

    private static int ParsePort(string text, string port)
    {
        PortSet ports;
        try
        {
            ports = PortSet.Parse(port);
        }
        catch (FormatException error)
        {
            throw Refused(text, error.Message);
        }
        return ports.Count == 1 ? ports.First() : throw Refused(text, "an end point has one port; give several with -Port");
    }

    private static void CheckName(string text, string host)
    {
        var name = host.EndsWith(".", StringComparison.Ordinal) ? host.Substring(0, host.Length - 1) : host;
        if (name.Length == 0)
            throw Refused(text, "its host is blank");
        if (name.All(static c => c is '.' or (>= '0' and <= '9')) || LooksHexadecimal(name))
            throw Refused(text, "it is neither a name nor an IPv4 address in four decimal parts (Get-IPAddressInfo -AllowLegacyIPv4 reads other forms)");
        var ascii = ToAscii(text, name);
        if (ascii.Length > LongestName)
            throw Refused(text, $"a name has at most {LongestName} characters");
        foreach (var label in ascii.Split('.'))
        {
            if (label.Length is 0 or > LongestLabel)
                throw Refused(text, $"each part of a name has 1 to {LongestLabel} characters");
            if (label.FirstOrDefault(static c => !(char.IsLetterOrDigit(c) || c is '-' or '_')) is var bad && bad != '\0')
                throw Refused(text, $"a name cannot hold '{Printable(bad)}'");
            if (label[0] == '-' || label[label.Length - 1] == '-')
                throw Refused(text, "no part of a name starts or ends with '-'");
        }
    }

    private static string ToAscii(string text, string name)
    {
        if (name.IndexOf('\0') >= 0)
            throw Refused(text, "a name cannot hold NUL");
        try
        {
            return HostTarget.ToAscii(name);
        }
        catch (ArgumentException)
        {
            throw Refused(text, "it is not an international name (RFC 5890)");
        }
    }

    private static bool LooksHexadecimal(string name) =>
        name.Split('.').All(static part =>
            part.All(static c => c is >= '0' and <= '9') ||
            (part.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && part.Skip(2).All(Uri.IsHexDigit)));

    private static string Printable(char c) => char.IsControl(c) ? $"U+{(int)c:X4}" : c.ToString();

    private static FormatException Refused(string text, string why) =>
        new($"'{text}' is not a host: {why.TrimEnd('.')}. {HostSet.Accepted}");
}
