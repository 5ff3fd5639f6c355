using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace SocketTools;

/// <summary>The descriptors that this process may still open, shared by all that open sockets in it.</summary>
/// <remarks>A .NET process dies when it cannot open the file of the next assembly, so some are always left over.</remarks>
internal static class DescriptorBudget
{
    private const int Spare = 32;
    private const int Few = 64;
    private const int Sharers = 4;
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    private static readonly bool IsLinux = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);
    private static readonly object Gate = new();
    private static long _leased;

    /// <summary>Takes as many descriptors as are wanted, but no more than a share of those to be had, so that others that
    /// come at the same time have theirs; at least one; until the lease is disposed.</summary>
    public static Lease Take(int wanted)
    {
        lock (Gate)
        {
            var free = Limit() - Open() - Spare - _leased;
            var granted = (int)Math.Max(1, Math.Min(wanted, free <= Few ? free : Math.Max(Few, free / Sharers)));
            _leased += granted;
            return new Lease(granted);
        }
    }

    /// <summary>Sets one descriptor aside, for a socket that is about to be opened, until the lease is disposed.</summary>
    public static Lease Reserve()
    {
        lock (Gate)
        {
            _leased++;
            return new Lease(1);
        }
    }

    /// <summary>Whether a socket that is to stay open leaves enough for others.</summary>
    /// <remarks>Unix gives the lowest free number to each descriptor, so that it tells how many are open; counting them each
    /// time would make many sockets a matter of their square.</remarks>
    public static bool Admits(Socket socket)
    {
        if (IsWindows)
            return true;
        lock (Gate)
            return (long)socket.Handle + Spare + _leased < Limit();
    }

    /// <summary>How many may be opened so that enough is left for others. It counts those that are open, which takes its time.</summary>
    public static int Free()
    {
        if (IsWindows)
            return int.MaxValue;
        lock (Gate)
            return (int)Math.Max(0, Limit() - Open() - Spare - _leased);
    }

    private static long Open()
    {
        var folder = IsLinux ? "/proc/self/fd" : "/dev/fd";
        try
        {
            return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Count() : 0;
        }
        catch (IOException)
        {
            // Not even the one to read this with is left.
            return int.MaxValue;
        }
    }

    private static long Limit()
    {
        if (IsWindows)
            return int.MaxValue;
        var numberOfFiles = IsLinux ? 7 : 8;
        return GetResourceLimit(numberOfFiles, out var limit) == 0 ? (long)Math.Min(limit.Soft, int.MaxValue) : int.MaxValue;
    }

    [DllImport("libc", EntryPoint = "getrlimit", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    /// <summary>Descriptors set aside for one user of them.</summary>
    internal sealed class Lease : IDisposable
    {
        private int _granted;

        public Lease(int granted)
        {
            _granted = granted;
            Granted = granted;
        }

        public int Granted { get; }

        public void Dispose()
        {
            lock (Gate)
                _leased -= Interlocked.Exchange(ref _granted, 0);
        }
    }
}
