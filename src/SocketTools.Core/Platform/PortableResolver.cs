using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace SocketTools;

/// <summary>The resolver through .NET, with the reverse question put to getnameinfo, which .NET does not offer.</summary>
internal sealed class PortableResolver : SystemResolver
{
    private const int MaximumName = 1025; // NI_MAXHOST

    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    private static readonly bool IsLinux = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);
    private static readonly int NameRequired = IsLinux ? 8 : 4; // NI_NAMEREQD; 4 on Winsock and on the BSDs, macOS among them
    private static readonly int TryAgain = IsWindows ? 11002 : IsLinux ? -3 : 2; // EAI_AGAIN

    public override ForwardAnswer Resolve(string name, AddressFamily family)
    {
        try
        {
            var entry = Dns.GetHostEntry(name);
            var addresses = entry.AddressList
                .Where(a => family == AddressFamily.Unspecified || a.AddressFamily == family)
                .Distinct()
                .ToArray();
            return addresses.Length == 0
                ? ForwardAnswer.Failed(ResolverError.Of(SocketError.NoData))
                : new ForwardAnswer(null, entry.HostName, addresses);
        }
        catch (SocketException error)
        {
            return ForwardAnswer.Failed(ResolverError.Of(error.SocketErrorCode) with { Number = error.NativeErrorCode });
        }
        catch (ArgumentOutOfRangeException)
        {
            // .NET asks nobody for a name of more than 255 characters.
            return ForwardAnswer.Failed(ResolverError.Of(SocketError.HostNotFound));
        }
    }

    public override ReverseAnswer Reverse(IPAddress address)
    {
        var serialized = new IPEndPoint(address, 0).Serialize();
        var socketAddress = new byte[serialized.Size];
        for (var i = 0; i < socketAddress.Length; i++)
            socketAddress[i] = serialized[i];
        var name = new byte[MaximumName * 2];
        // Winsock must have been started, which .NET does for its own calls only.
        if (IsWindows)
            _ = Dns.GetHostName();
        var error = IsWindows
            ? GetNameInfoW(socketAddress, socketAddress.Length, name, MaximumName, IntPtr.Zero, 0, NameRequired)
            : GetNameInfo(socketAddress, (uint)socketAddress.Length, name, MaximumName, IntPtr.Zero, 0, NameRequired);
        if (error != 0)
            return ReverseAnswer.Failed(ResolverError.Of(error == TryAgain ? SocketError.TryAgain : SocketError.HostNotFound) with { Number = error });
        var text = (IsWindows ? Encoding.Unicode : Encoding.UTF8).GetString(name);
        return new ReverseAnswer(null, [text.Substring(0, text.IndexOf('\0'))]);
    }

    [DllImport("ws2_32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetNameInfoW(byte[] address, int size, byte[] name, int nameLength, IntPtr service, int serviceLength, int flags);

    [DllImport("libc", EntryPoint = "getnameinfo", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetNameInfo(byte[] address, uint size, byte[] name, uint nameLength, IntPtr service, uint serviceLength, int flags);
}
