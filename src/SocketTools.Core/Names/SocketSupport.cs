using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Whether this process can make a kind of socket here, and if not, why.</summary>
public sealed class SocketSupport
{
    private static readonly (string Name, Action Make)[] Kinds =
    [
        ("IPv4", static () => Make(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)),
        ("IPv6", static () => Make(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp)),
        ("DualStack", MakeDualStack),
        ("Unix", static () => Make(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)),
        ("RawIPv4", static () => Make(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp)),
        ("RawIPv6", static () => Make(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6)),
    ];

    private SocketSupport(string name, Failure why)
    {
        Name = name;
        IsSupported = why.ErrorName is null;
        Reason = IsSupported ? null : why.Reason;
        ErrorName = why.ErrorName;
    }

    /// <summary>The kind: IPv4, IPv6, DualStack (an IPv6 socket that takes IPv4 as well), Unix, RawIPv4 or RawIPv6.</summary>
    public string Name { get; }

    /// <summary>Whether one can be made.</summary>
    public bool IsSupported { get; }

    /// <summary>Why not; null when one can.</summary>
    public Reason? Reason { get; }

    /// <summary>The POSIX name of the error; null when one can be made.</summary>
    public string? ErrorName { get; }

    /// <summary>The kind, and why it cannot be made.</summary>
    public override string ToString() => IsSupported ? Name : $"no {Name} ({Reason}, {ErrorName})";

    /// <summary>Tries every kind.</summary>
    internal static IEnumerable<SocketSupport> TryAll() => Kinds.Select(static kind => Try(kind.Name, kind.Make));

    private static SocketSupport Try(string name, Action make)
    {
        try
        {
            make();
            return new SocketSupport(name, Failure.Of(SocketError.Success));
        }
        catch (SocketException error)
        {
            return new SocketSupport(name, Failure.OfLocal(error.SocketErrorCode));
        }
    }

    private static void Make(AddressFamily family, SocketType type, ProtocolType protocol) => new Socket(family, type, protocol).Dispose();

    private static void MakeDualStack()
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
    }
}
