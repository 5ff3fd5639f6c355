using System;

namespace SocketTools;

/// <summary>What the resolver knows of a host.</summary>
public class HostInfo
{
    internal HostInfo(HostFacts facts)
    {
        ComputerName = facts.ComputerName;
        HostName = facts.HostName;
        FullyQualifiedName = facts.FullyQualifiedName;
        AnsweredName = facts.AnsweredName;
        Aliases = [.. facts.Aliases];
        Addresses = Array.ConvertAll(facts.Addresses, static address => address.ToString());
        IPv4Addresses = Array.FindAll(Addresses, static a => a.IndexOf(':') < 0);
        IPv6Addresses = Array.FindAll(Addresses, static a => a.IndexOf(':') >= 0);
        ReverseNames = [.. facts.ReverseNames];
        ForwardConfirmed = facts.ForwardConfirmed;
        AddressInfo = facts.AddressInfo;
        ElapsedMs = facts.ElapsedMs;
        Source = ThisComputer.Name;
        Timestamp = DateTime.UtcNow;
    }

    /// <summary>The host as it was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>The canonical name, that the answer leads to; an international one as people write it. For an address, the first name that it leads back to, else
    /// the address.</summary>
    public string HostName { get; }

    /// <summary>The first name with a dot that the first address leads back to, where that was asked for, else the canonical name
    /// (as Python's <c>getfqdn</c>).</summary>
    public string FullyQualifiedName { get; }

    /// <summary>The name that was answered: longer than the one asked for when the resolver added a search suffix.</summary>
    public string AnsweredName { get; }

    /// <summary>The host's other names; empty when it has none.</summary>
    public string[] Aliases { get; }

    /// <summary>Every address as text, in the resolver's order.</summary>
    public string[] Addresses { get; }

    /// <summary>The IPv4 addresses among <see cref="Addresses"/>.</summary>
    public string[] IPv4Addresses { get; }

    /// <summary>The IPv6 addresses among <see cref="Addresses"/>, link-local ones with their zone.</summary>
    public string[] IPv6Addresses { get; }

    /// <summary>The names that the addresses lead back to, each once; empty when there are none or they were not asked for.</summary>
    public string[] ReverseNames { get; }

    /// <summary>Whether every address that leads back to a name is among the addresses of that name; null when no name was found
    /// that way.</summary>
    public bool? ForwardConfirmed { get; }

    /// <summary>What a socket can be made for and connected to, as the tuples of <c>getaddrinfo</c> (RFC 3493 section 6.1).</summary>
    public AddressInfo[] AddressInfo { get; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>The computer that asked.</summary>
    public string Source { get; }

    /// <summary>When the answer was complete, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The canonical name and the addresses.</summary>
    public override string ToString() => $"{HostName} [{string.Join(", ", Addresses)}]";
}
