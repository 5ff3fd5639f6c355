using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SocketTools.Runner;

/// <summary>A Windows console shows escape sequences as text until a process asks it to obey them.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsTerminal
{
    private const int StandardOutput = -11;
    private const uint ObeyEscapes = 0x0004;

    internal static bool TryEnableEscapes()
    {
        var handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out var mode)
            && ((mode & ObeyEscapes) != 0 || SetConsoleMode(handle, mode | ObeyEscapes));
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int handle);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint console, uint mode);
}
