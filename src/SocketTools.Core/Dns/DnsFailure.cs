using System.Collections.Generic;

namespace SocketTools;

/// <summary>Failures of DNS look-ups in words.</summary>
internal static class DnsFailure
{
    /// <summary>That a name exists but has nothing of what was asked for (RFC 2308 section 2.2).</summary>
    public static Failure NoData(Reason reason) => new(reason, "NODATA", 0);

    /// <summary>The exception for a name, with what to do about it.</summary>
    /// <param name="name">The name as it was asked for.</param>
    /// <param name="types">What was asked for.</param>
    /// <param name="reply">What the server said, or did not.</param>
    /// <param name="why">The failure.</param>
    public static NameResolutionException Exception(string name, IReadOnlyList<DnsRecordType> types, DnsReply reply, Failure why)
    {
        var wanted = string.Join(" or ", types);
        var transport = reply.OverTcp ? " over TCP" : "";
        var what = why.Reason switch
        {
            Reason.NameNotResolved => $"'{name}' does not exist, says {reply.Server}",
            Reason.NoAddress or Reason.NoRecord => $"'{name}' has no record of the type {wanted}, says {reply.Server}",
            Reason.QueryRefused => $"{reply.Server} refuses to answer for '{name}'",
            Reason.NameServerFailure => $"{reply.Server} could not answer for '{name}' ({wanted})",
            Reason.ResolutionTimedOut => $"{reply.Server} did not answer for '{name}' ({wanted}) in time{transport}",
            Reason.WrongAnswer => $"What came from {reply.Server} was no answer to the question for '{name}' ({wanted}){transport} and is not believed",
            Reason.ProtocolViolation => $"The answer of {reply.Server} for '{name}' ({wanted}) is broken",
            Reason.PortUnreachable or Reason.ConnectionRefused => $"No DNS server listens at {reply.Server}{transport}, which was asked for '{name}' ({wanted})",
            _ => $"{reply.Server} could not be asked for '{name}' ({wanted}){transport}: {why.Reason}",
        };
        return new NameResolutionException($"{what} ({why.ErrorName}). {RemedyFor(why.Reason)}", name, why);
    }

    private static string RemedyFor(Reason reason) => reason switch
    {
        Reason.PortUnreachable or Reason.ConnectionRefused => "Check the server's address and port.",
        Reason.NameServerFailure => "Check the server, ask another with -Server, or try again.",
        Reason.ResolutionTimedOut => "Check the server and the firewalls on the way, or allow more time.",
        _ => Remedy.For(reason),
    };
}
