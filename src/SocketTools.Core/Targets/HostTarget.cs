using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>One host to work on, and the port it brings, if it brings one.</summary>
public sealed class HostTarget : IEquatable<HostTarget>
{
    internal HostTarget(string computerName, int? port, PortSet? otherwise = null, bool isOfBlock = false)
    {
        ComputerName = computerName;
        Port = port;
        Otherwise = otherwise;
        IsOfBlock = isOfBlock;
    }

    /// <summary>The host's name or address, as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The port that came with the host (<c>web1:443</c>, <c>https://web1</c>), or null.</summary>
    public int? Port { get; }

    /// <summary>The ports of an object that the host was taken from; they count where nobody gives others.</summary>
    internal PortSet? Otherwise { get; }

    /// <summary>Whether nobody named this host: its address is one of a block's or a range's.</summary>
    internal bool IsOfBlock { get; }

    /// <summary>The ports to work on: the host's own, else those given, else those of the object that it was taken from.</summary>
    internal PortSet? PortsOr(PortSet? given) => Port is { } own ? PortSet.Of(own) : given ?? Otherwise;

    /// <summary>Reads one host from text.</summary>
    /// <exception cref="FormatException">The text is no host, or several; the message says what is.</exception>
    public static HostTarget Parse(string text)
    {
        using var hosts = HostSet.Parse(text).GetEnumerator();
        hosts.MoveNext();
        var host = hosts.Current;
        return hosts.MoveNext() ? throw new FormatException($"'{text}' is several hosts.") : host;
    }

    /// <summary>Whether both are one host, whatever the case of its name, with the same port.</summary>
    public bool Equals(HostTarget? other) =>
        other is not null && string.Equals(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase) && Port == other.Port;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HostTarget);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ComputerName) ^ (Port ?? 0);

    /// <summary>The host, with its port when it brings one; an IPv6 address with a port stands in brackets.</summary>
    public override string ToString() => Port is { } port ? Join(ComputerName, port) : ComputerName;

    /// <summary>A host and a port as one end point.</summary>
    internal static string Join(string host, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        return host.IndexOf(':') >= 0 ? $"[{host}]:{text}" : $"{host}:{text}";
    }

    /// <summary>A name as the DNS has it: an international one in its ASCII form (RFC 5890 section 2.3.2.1).</summary>
    /// <exception cref="ArgumentException">The name has no such form.</exception>
    internal static string ToAscii(string name)
    {
        foreach (var c in name)
        {
            if (c >= 128)
                return new IdnMapping { AllowUnassigned = true }.GetAscii(name);
        }
        return name;
    }

    /// <summary>A name as people write it; one that only looks international stays as it is.</summary>
    internal static string ToUnicode(string name)
    {
        try
        {
            return new IdnMapping { AllowUnassigned = true }.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>Reads an address literal: dotted decimal in four parts, or IPv6. Other notations that some resolvers
    /// take for IPv4 (octal, hexadecimal, fewer parts) are not addresses here.</summary>
    internal static bool TryParseAddress(string text, out IPAddress address)
    {
        if (IPAddress.TryParse(text, out var parsed) &&
            (parsed.AddressFamily == AddressFamily.InterNetworkV6 ? text.IndexOf(':') >= 0 && text[0] != '[' : parsed.ToString() == text))
        {
            address = parsed;
            return true;
        }
        address = IPAddress.None;
        return false;
    }
}
