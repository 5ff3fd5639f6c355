using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace SocketTools.Tests;

/// <summary>How many descriptors this process may have open; Linux only.</summary>
internal static partial class DescriptorLimit
{
    private const int NumberOfFiles = 7;

    /// <summary>Leaves room for so many more than are open now.</summary>
    public static void LeaveRoomFor(int more)
    {
        // Counting opens one itself.
        var limit = (ulong)(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() - 1 + more);
        if (SetLimit(NumberOfFiles, [limit, limit]) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, ulong[] softAndHard);
}
