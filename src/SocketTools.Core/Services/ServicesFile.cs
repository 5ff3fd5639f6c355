using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace SocketTools;

/// <summary>
/// Reads the format of <c>/etc/services</c>: <c>name port/protocol alias... # comment</c>. What getservbyport(3) would
/// not find is left out: lines that are no such entry, and protocols other than tcp and udp. IANA's table may also
/// leave out the protocol, meaning both, and give a range of ports.
/// </summary>
internal static class ServicesFile
{
    [MethodImpl(Compile.AtOnce)]
    public static List<ServiceRow> Parse(byte[] file, ServiceOrigin origin)
    {
        var rows = new List<ServiceRow>();
        for (int start = 0, next; start < file.Length; start = next)
        {
            // The C library reads lines into C strings, so nothing counts after a NUL.
            var end = start;
            while (end < file.Length && file[end] != '\n' && file[end] != 0)
                end++;
            next = end;
            while (next < file.Length && file[next++] != '\n')
            {
            }

            if (ParseLine(file, start, end, origin) is { } row)
                rows.Add(row);
        }

        return rows;
    }

    [MethodImpl(Compile.AtOnce)]
    public static int SkipBlanks(byte[] file, int at, int end)
    {
        while (at < end && IsBlank(file[at]))
            at++;
        return at;
    }

    [MethodImpl(Compile.AtOnce)]
    public static int SkipField(byte[] file, int at, int end)
    {
        while (at < end && file[at] != '#' && !IsBlank(file[at]))
            at++;
        return at;
    }

    [MethodImpl(Compile.AtOnce)]
    private static ServiceRow? ParseLine(byte[] file, int start, int end, ServiceOrigin origin)
    {
        var name = SkipBlanks(file, start, end);
        var nameEnd = SkipField(file, name, end);
        var at = SkipBlanks(file, nameEnd, end);
        if (name == nameEnd || !TryParsePort(file, ref at, end, out var first))
            return null;

        var last = first;
        if (origin == ServiceOrigin.Iana && at < end && file[at] == '-')
        {
            at++;
            if (!TryParsePort(file, ref at, end, out last))
                return null;
        }

        var rest = SkipField(file, at, end);
        TransportProtocol? protocol = null;
        if (Is(file, at, rest, "/tcp"))
            protocol = TransportProtocol.Tcp;
        else if (Is(file, at, rest, "/udp"))
            protocol = TransportProtocol.Udp;
        else if (origin != ServiceOrigin.Iana || at != rest)
            return null;

        return new ServiceRow(
            Encoding.UTF8.GetString(file, name, nameEnd - name), first, last, protocol, origin, file, rest, end);
    }

    [MethodImpl(Compile.AtOnce)]
    private static bool TryParsePort(byte[] file, ref int at, int end, out int port)
    {
        var start = at;
        for (port = 0; at < end && file[at] is >= (byte)'0' and <= (byte)'9' && port <= ushort.MaxValue; at++)
            port = port * 10 + (file[at] - '0');
        return at > start && port <= ushort.MaxValue;
    }

    [MethodImpl(Compile.AtOnce)]
    private static bool Is(byte[] file, int start, int end, string text)
    {
        if (end - start != text.Length)
            return false;

        for (var i = 0; i < text.Length; i++)
        {
            if (file[start + i] != text[i])
                return false;
        }

        return true;
    }

    // Space, tab, vertical tab, form feed, carriage return; a line feed is in no line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlank(byte b) => b == ' ' || (b >= '\t' && b <= '\r');
}
