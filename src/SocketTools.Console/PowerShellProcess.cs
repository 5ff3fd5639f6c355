using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SocketTools.Runner;

/// <summary>PowerShell as a process, from the package of its dotnet tool.</summary>
internal static class PowerShellProcess
{
    /// <summary>Whether the package has a program for this system; where it has none, dotnet runs its assembly.</summary>
    internal static bool HasProgram => RuntimeInformation.OSArchitecture == Architecture.X64 && !OperatingSystem.IsMacOS();

    private static string Folder => Path.Combine(
        Metadata("PowerShellPackage"), OperatingSystem.IsWindows() ? "win" : "unix");

    // RuntimeDirectory is shared/Microsoft.NETCore.App/<version> below it.
    private static string DotnetFolder =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The value of an AssemblyMetadata item of this project.</summary>
    internal static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    /// <summary>The start of the package's PowerShell with these arguments.</summary>
    internal static ProcessStartInfo Create(params IEnumerable<string> arguments)
    {
        var program = Path.Combine(Folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        return HasProgram
            ? Create(program, arguments)
            : Create(Path.Combine(DotnetFolder, "dotnet"), [Path.Combine(Folder, "pwsh.dll"), .. arguments]);
    }

    /// <summary>The start of another PowerShell with these arguments.</summary>
    internal static ProcessStartInfo Create(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        // The package's program looks for .NET in the usual places only, and this process may run on one that is elsewhere.
        start.Environment["DOTNET_ROOT"] = DotnetFolder;
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }
}
