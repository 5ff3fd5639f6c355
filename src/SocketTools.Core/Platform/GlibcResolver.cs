using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace SocketTools;

/// <summary>The C library's resolver on Linux: canonical name, aliases, order and error codes just as it gives them.</summary>
internal sealed class GlibcResolver : SystemResolver
{
    private const int CanonicalNameFlag = 2;
    private const int StreamSocket = 1;
    private const int Inet = 2;
    private const int Inet6 = 10;
    private const int TryLater = 2; // TRY_AGAIN of h_errno
    private const int SystemError = -11;
    private const int MaximumBuffer = 1 << 20;

    private static readonly Dictionary<int, (SocketError Error, string Name)> Errors = new()
    {
        [-2] = (SocketError.HostNotFound, "EAI_NONAME"),
        [-3] = (SocketError.TryAgain, "EAI_AGAIN"),
        [-4] = (SocketError.NoRecovery, "EAI_FAIL"),
        [-5] = (SocketError.NoData, "EAI_NODATA"),
        [-6] = (SocketError.AddressFamilyNotSupported, "EAI_FAMILY"),
        [-9] = (SocketError.NoData, "EAI_ADDRFAMILY"),
        [-10] = (SocketError.NoBufferSpaceAvailable, "EAI_MEMORY"),
        [SystemError] = (SocketError.NoRecovery, "EAI_SYSTEM"),
    };

    /// <summary>Whether this process runs on a Linux whose C library has the calls used here.</summary>
    public static bool IsSupported { get; } = FindLibrary();

    public override ForwardAnswer Resolve(string name, AddressFamily family)
    {
        var hints = new AddressInfo { Flags = CanonicalNameFlag, SocketType = StreamSocket, Family = Native(family) };
        var error = GetAddressInfo(Utf8(name), null, ref hints, out var list);
        if (error != 0)
        {
            var (kind, errorName) = Errors.TryGetValue(error, out var known) ? known : (SocketError.NoRecovery, "EAI_FAIL");
            return ForwardAnswer.Failed(new ResolverError(kind, errorName, error));
        }
        try
        {
            var addresses = new List<IPAddress>();
            string? canonicalName = null;
            for (var at = list; at != IntPtr.Zero;)
            {
                var entry = Marshal.PtrToStructure<AddressInfo>(at);
                canonicalName ??= Text(entry.CanonicalName);
                if (ReadAddress(entry) is { } address && !addresses.Contains(address))
                    addresses.Add(address);
                at = entry.Next;
            }
            return new ForwardAnswer(null, canonicalName, addresses);
        }
        finally
        {
            FreeAddressInfo(list);
        }
    }

    // gethostbyname knows the other names of a host (CNAMEs, further names in the hosts file); getaddrinfo does not.
    public override IReadOnlyList<string> AliasesOf(string name, AddressFamily family)
    {
        var names = CallWithBuffer((IntPtr entry, byte[] buffer, out IntPtr result, out int hostError) =>
            GetHostByName(Utf8(name), family == AddressFamily.InterNetworkV6 ? Inet6 : Inet, entry, buffer, (UIntPtr)buffer.Length, out result, out hostError)).Names;
        return names.Count > 1 ? [.. names.Skip(1)] : [];
    }

    public override ReverseAnswer Reverse(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var family = address.AddressFamily == AddressFamily.InterNetworkV6 ? Inet6 : Inet;
        return CallWithBuffer((IntPtr entry, byte[] buffer, out IntPtr result, out int hostError) =>
            GetHostByAddress(bytes, (uint)bytes.Length, family, entry, buffer, (UIntPtr)buffer.Length, out result, out hostError));
    }

    private delegate int HostCall(IntPtr entry, byte[] buffer, out IntPtr result, out int hostError);

    private static ReverseAnswer CallWithBuffer(HostCall call)
    {
        const int outOfRange = 34; // ERANGE: the buffer is too small
        var entry = Marshal.AllocHGlobal(Marshal.SizeOf<HostEntry>());
        var buffer = new byte[2048];
        var pin = default(GCHandle);
        try
        {
            while (true)
            {
                pin = GCHandle.Alloc(buffer, GCHandleType.Pinned);
                var error = call(entry, buffer, out var result, out var hostError);
                if (error == 0 && result != IntPtr.Zero)
                    return new ReverseAnswer(null, NamesOf(Marshal.PtrToStructure<HostEntry>(result)));
                if (error != outOfRange || buffer.Length >= MaximumBuffer)
                {
                    return hostError == TryLater
                        ? ReverseAnswer.Failed(new ResolverError(SocketError.TryAgain, "EAI_AGAIN", -3))
                        : ReverseAnswer.Failed(new ResolverError(SocketError.HostNotFound, "EAI_NONAME", -2));
                }
                pin.Free();
                buffer = new byte[buffer.Length * 4];
            }
        }
        finally
        {
            if (pin.IsAllocated)
                pin.Free();
            Marshal.FreeHGlobal(entry);
        }
    }

    private static List<string> NamesOf(HostEntry entry)
    {
        var names = new List<string>();
        if (Text(entry.Name) is { } canonical)
            names.Add(canonical);
        for (var at = entry.Aliases; at != IntPtr.Zero; at += IntPtr.Size)
        {
            if (Text(Marshal.ReadIntPtr(at)) is not { } alias)
                break;
            if (!names.Contains(alias))
                names.Add(alias);
        }
        return names;
    }

    private static IPAddress? ReadAddress(AddressInfo entry)
    {
        var bytes = new byte[entry.Family == Inet6 ? 16 : 4];
        switch (entry.Family)
        {
            case Inet:
                Marshal.Copy(entry.Address + 4, bytes, 0, 4);
                return new IPAddress(bytes);
            case Inet6:
                Marshal.Copy(entry.Address + 8, bytes, 0, 16);
                return new IPAddress(bytes, (uint)Marshal.ReadInt32(entry.Address + 24));
            default:
                return null;
        }
    }

    private static int Native(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => Inet,
        AddressFamily.InterNetworkV6 => Inet6,
        _ => 0,
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string? Text(IntPtr text)
    {
        if (text == IntPtr.Zero)
            return null;
        var length = 0;
        while (Marshal.ReadByte(text, length) != 0)
            length++;
        var bytes = new byte[length];
        Marshal.Copy(text, bytes, 0, length);
        return Encoding.UTF8.GetString(bytes);
    }

    private static bool FindLibrary()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux) || IntPtr.Size != 8)
            return false;
        try
        {
            FreeAddressInfo(IntPtr.Zero);
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct AddressInfo
    {
        public int Flags;
        public int Family;
        public int SocketType;
        public int Protocol;
        public uint AddressLength;
        public IntPtr Address;
        public IntPtr CanonicalName;
        public IntPtr Next;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct HostEntry
    {
        public IntPtr Name;
        public IntPtr Aliases;
        public int AddressType;
        public int Length;
        public IntPtr Addresses;
    }

    [DllImport("libc.so.6", EntryPoint = "getaddrinfo", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAddressInfo(byte[] name, byte[]? service, ref AddressInfo hints, out IntPtr list);

    [DllImport("libc.so.6", EntryPoint = "freeaddrinfo", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void FreeAddressInfo(IntPtr list);

    [DllImport("libc.so.6", EntryPoint = "gethostbyname2_r", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetHostByName(
        byte[] name, int family, IntPtr entry, byte[] buffer, UIntPtr size, out IntPtr result, out int hostError);

    [DllImport("libc.so.6", EntryPoint = "gethostbyaddr_r", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetHostByAddress(
        byte[] address, uint length, int family, IntPtr entry, byte[] buffer, UIntPtr size, out IntPtr result, out int hostError);
}
