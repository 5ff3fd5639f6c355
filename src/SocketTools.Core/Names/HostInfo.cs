using System;
using System.Collections.Generic;

namespace SocketTools;

/// <summary>What the resolver knows of a host.</summary>
public sealed class HostInfo
{
    internal HostInfo(
        string computerName,
        string hostName,
        string fullyQualifiedName,
        IReadOnlyList<string> aliases,
        IReadOnlyList<string> addresses,
        IReadOnlyList<string> reverseNames,
        double elapsedMs)
    {
        ComputerName = computerName;
        HostName = hostName;
        FullyQualifiedName = fullyQualifiedName;
        Aliases = [.. aliases];
        Addresses = [.. addresses];
        IPv4Addresses = Array.FindAll(Addresses, static a => a.IndexOf(':') < 0);
        IPv6Addresses = Array.FindAll(Addresses, static a => a.IndexOf(':') >= 0);
        ReverseNames = [.. reverseNames];
        ElapsedMs = elapsedMs;
        Source = Environment.MachineName;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The canonical name: the one that answered.</summary>
    public string HostName { get; }

    /// <summary>The first name with a dot that the reverse look-up of the first address gives, else the canonical name
    /// (as Python's <c>getfqdn</c>).</summary>
    public string FullyQualifiedName { get; }

    /// <summary>The host's other names; empty when it has none.</summary>
    public string[] Aliases { get; }

    /// <summary>Every address as text, in the resolver's order.</summary>
    public string[] Addresses { get; }

    /// <summary>The IPv4 addresses among <see cref="Addresses"/>.</summary>
    public string[] IPv4Addresses { get; }

    /// <summary>The IPv6 addresses among <see cref="Addresses"/>, link-local ones with their zone.</summary>
    public string[] IPv6Addresses { get; }

    /// <summary>The names that the addresses lead back to, each once; empty when there are none.</summary>
    public string[] ReverseNames { get; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was complete, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The canonical name and the addresses.</summary>
    public override string ToString() => $"{HostName} [{string.Join(", ", Addresses)}]";
}
