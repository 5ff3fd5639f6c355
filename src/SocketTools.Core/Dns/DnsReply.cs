using System;
using System.Collections.Generic;
using System.Net;

namespace SocketTools;

/// <summary>What a server said to a question, or why it said nothing that can be believed.</summary>
/// <param name="Server">The server that was asked.</param>
/// <param name="Failure">Why it gives no records, or null.</param>
/// <param name="Records">The records of its answer; a name that does not exist may have the alias that led to it.</param>
internal sealed record DnsReply(IPEndPoint Server, Failure? Failure, IReadOnlyList<DnsRecordData> Records)
{
    /// <summary>How long it took from the question's turn on.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether it took a connection, because the answer is larger than a datagram.</summary>
    public bool OverTcp { get; init; }

    /// <summary>Whether the server spoke for the name: there are records, there are none of the type, or there is no such name.</summary>
    public bool IsFinal => Failure is null or { Reason: Reason.NameNotResolved };
}
