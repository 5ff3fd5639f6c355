namespace SocketTools;

/// <summary>Why a response cannot be read on.</summary>
/// <param name="Reason">Broken protocol, limit, or an early end.</param>
/// <param name="Offset">The first byte of the stream, from 0, that could not be taken.</param>
/// <param name="Why">What is wrong, as the end of a sentence about the peer.</param>
internal sealed record ResponseFault(Reason Reason, long Offset, string Why);
