using System.Runtime.CompilerServices;

namespace SocketTools;

/// <summary>How methods are compiled.</summary>
internal static class Compile
{
    /// <summary>In full before the first run: AggressiveOptimization, which .NET Standard 2.0 has no name for.</summary>
    /// <remarks>For loops over much: compiling them quickly, counting in them and compiling them again takes longer than running
    /// them.</remarks>
    public const MethodImplOptions AtOnce = (MethodImplOptions)512;
}
