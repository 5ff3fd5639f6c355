namespace SocketTools.Tests;

/// <summary>For tests that weigh time and processor, or take what all of the process shares: no other runs beside
/// them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
