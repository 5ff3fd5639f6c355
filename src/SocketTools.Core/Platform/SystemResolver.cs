using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>An error of the resolver: its kind, its name (<c>EAI_NONAME</c>) and this system's number of it.</summary>
internal sealed record ResolverError(SocketError Kind, string? Name, int? Number)
{
    /// <summary>What a resolver that can say more has to say, or null.</summary>
    public Exception? Exception { get; init; }

    public static ResolverError Of(SocketError kind) => new(kind, PosixError.NameOf(kind), null);
}

/// <summary>What the system's resolver said to a forward question.</summary>
/// <param name="Error">Why there is no answer, or null.</param>
/// <param name="CanonicalName">The name that answered.</param>
/// <param name="Addresses">In the resolver's order, each once.</param>
internal sealed record ForwardAnswer(
    ResolverError? Error,
    string? CanonicalName,
    IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>The other names, when the resolver told them at once; else null.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    public static ForwardAnswer Failed(ResolverError error) => new(error, null, []);
}

/// <summary>What the system's resolver said to a reverse question: the names of an address, none when it has none.</summary>
internal sealed record ReverseAnswer(ResolverError? Error, IReadOnlyList<string> Names)
{
    public static ReverseAnswer Failed(ResolverError error) => new(error, []);
}

/// <summary>The operating system's resolver: calls that block until it answers.</summary>
internal abstract class SystemResolver
{
    /// <summary>The one for this system.</summary>
    public static SystemResolver Current { get; } = GlibcResolver.IsSupported ? new GlibcResolver() : new PortableResolver();

    /// <summary>Asks for the addresses of a name (getaddrinfo, RFC 3493 section 6.1).</summary>
    public abstract ForwardAnswer Resolve(string name, AddressFamily family);

    /// <summary>Asks for the other names of a name that resolves; null when this system's resolver does not tell.</summary>
    public virtual IReadOnlyList<string>? AliasesOf(string name, AddressFamily family) => null;

    /// <summary>Asks for the names of an address (getnameinfo, RFC 3493 section 6.2), never by a forward look-up.</summary>
    public abstract ReverseAnswer Reverse(IPAddress address);
}
