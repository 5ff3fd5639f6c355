using System.Runtime.CompilerServices;

namespace SocketTools;

/// <summary>How methods are compiled.</summary>
internal static class Compile
{
    /// <summary>In full before the first run: AggressiveOptimization, which .NET Standard 2.0 has no name for.</summary>
    /// <remarks>For what runs once over much, or as often as a script sends requests. The runtime's own way, at first without
    /// optimizing and then again with what was counted, ends a little faster after tens of thousands of runs; the first
    /// thousand take longer by a tenth.</remarks>
    public const MethodImplOptions AtOnce = (MethodImplOptions)512;
}
