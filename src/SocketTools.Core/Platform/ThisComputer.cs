using System;

namespace SocketTools;

/// <summary>The computer that this runs on.</summary>
internal static class ThisComputer
{
    /// <summary>Its name, as it was when somebody first asked for it.</summary>
    public static string Name { get; } = Environment.MachineName;
}
