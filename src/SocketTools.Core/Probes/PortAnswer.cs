namespace SocketTools;

/// <summary>What one port of one host said, from which each cmdlet makes its own result.</summary>
/// <param name="Host">The host that was asked for.</param>
/// <param name="Address">The address that was probed, as text; null when the name did not resolve.</param>
/// <param name="Port">The port.</param>
/// <param name="State">What is known of the port.</param>
/// <param name="Why">Why the state is what it is.</param>
/// <param name="LatencyMs">From sending the probe to its answer; null when there was none.</param>
/// <param name="Attempts">How often it was sent; 0 when it could not be.</param>
/// <param name="HostName">The name that the address leads back to, when it was asked for and there is one.</param>
/// <param name="Reply">What came from the port: the datagram that answered, or the banner that was asked for.</param>
internal readonly record struct PortAnswer(
    HostWork Host, string? Address, int Port, PortState State, Failure Why, double? LatencyMs, int Attempts, string? HostName = null, byte[]? Reply = null);
