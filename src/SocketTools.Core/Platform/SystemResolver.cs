using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>What the system's resolver said to a forward question.</summary>
/// <param name="Error">0, or the resolver's error.</param>
/// <param name="ErrorName">The resolver's name of the error (<c>EAI_NONAME</c>), or null.</param>
/// <param name="CanonicalName">The name that answered.</param>
/// <param name="Aliases">Other names of the host; null when this system's resolver does not tell.</param>
/// <param name="Addresses">In the resolver's order, each once.</param>
internal sealed record ForwardAnswer(
    SocketError Error,
    string? ErrorName,
    string? CanonicalName,
    IReadOnlyList<string>? Aliases,
    IReadOnlyList<IPAddress> Addresses)
{
    public static ForwardAnswer Failed(SocketError error, string? errorName) => new(error, errorName, null, null, []);
}

/// <summary>What the system's resolver said to a reverse question: the names of an address, none when it has none.</summary>
internal sealed record ReverseAnswer(SocketError Error, string? ErrorName, IReadOnlyList<string> Names)
{
    public static ReverseAnswer Failed(SocketError error, string? errorName) => new(error, errorName, []);
}

/// <summary>The operating system's resolver: calls that block until it answers.</summary>
internal abstract class SystemResolver
{
    /// <summary>The one for this system.</summary>
    public static SystemResolver Current { get; } = GlibcResolver.IsSupported ? new GlibcResolver() : new PortableResolver();

    /// <summary>Asks for the addresses of a name (getaddrinfo, RFC 3493 section 6.1).</summary>
    public abstract ForwardAnswer Resolve(string name, AddressFamily family);

    /// <summary>Asks for the names of an address (getnameinfo, RFC 3493 section 6.2), never by a forward look-up.</summary>
    public abstract ReverseAnswer Reverse(IPAddress address);
}
