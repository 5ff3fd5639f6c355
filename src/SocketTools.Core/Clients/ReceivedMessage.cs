namespace SocketTools;

/// <summary>A message, or why there is none.</summary>
/// <param name="Bytes">What was received, without what only marks its end; null when it is not whole, and nothing was taken.</param>
/// <param name="End">Why it ended there.</param>
internal readonly record struct ReceivedMessage(byte[]? Bytes, ReceiveEnd End);
