using System;

namespace SocketTools;

/// <summary>What a datagram probe sends, and from where its answer comes.</summary>
/// <param name="CreatePayload">Makes the datagram of a try, which are counted from 0.</param>
/// <param name="IsAnsweredFromAnyPort">Whether the host answers from a port of its choice, as TFTP does (RFC 1350 section 4),
/// instead of the one that was asked.</param>
internal sealed record DatagramRequest(Func<int, byte[]> CreatePayload, bool IsAnsweredFromAnyPort = false);
