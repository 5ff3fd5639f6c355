namespace SocketTools.Tests;

/// <summary>For tests of what all of the process shares, such as settings and lists: no other runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
