namespace SocketTools;

/// <summary>A message, or why there is none.</summary>
/// <param name="Bytes">What was received, without what only marks its end; null when it is not whole, and nothing was taken.</param>
/// <param name="End">Why it ended there.</param>
/// <param name="EndsText">Whether no character goes on behind it: an end of line was cut off, or the peer has said all.</param>
internal readonly record struct ReceivedMessage(byte[]? Bytes, ReceiveEnd End, bool EndsText = false);
