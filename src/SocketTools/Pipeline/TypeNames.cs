using System.Management.Automation;
using System.Reflection;

namespace SocketTools.Pipeline;

/// <summary>Makes the names of the core's types known to the session from the import on: <c>[SocketTools.PortState]</c>.</summary>
public sealed class TypeNames : IModuleAssemblyInitializer
{
    /// <summary>The assembly in which the types are; PowerShell looks through those that are loaded.</summary>
    internal static Assembly Assembly { get; private set; } = null!;

    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport() => Assembly = typeof(PortState).Assembly;
}
