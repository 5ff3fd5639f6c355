using System;
using System.IO;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>Where this system keeps what every system has.</summary>
internal static class SystemFiles
{
    /// <summary>The database of services (services(5)).</summary>
    public static string Services => PathOf("services", "services");

    /// <summary>The database of protocols (protocols(5)).</summary>
    public static string Protocols => PathOf("protocols", "protocol");

    /// <summary>Names that are known without asking a server (hosts(5)).</summary>
    public static string Hosts => PathOf("hosts", "hosts");

    private static string PathOf(string name, string windowsName) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", windowsName)
        : "/etc/" + name;
}
