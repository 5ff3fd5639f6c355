using System;
using System.Collections.Generic;
using System.Text;

namespace SocketTools.Tests;

/// <summary>Whether bytes are the answer to a probe, as its protocol says: most repeat a number of the request.</summary>
internal static class UdpReplies
{
    private static readonly Dictionary<string, Func<byte[], byte[], bool>> Rules = new()
    {
        ["BitTorrentDHT"] = static (_, answer) => Text(answer).StartsWith("d1:rd2:id20:", StringComparison.Ordinal),
        ["Chargen"] = static (_, answer) => answer.Length > 0,
        ["CoAP"] = static (request, answer) => answer[0] == 0x70 && Repeats(request, 2, answer, 2, 2),
        ["Daytime"] = static (_, answer) => Text(answer).Contains(':', StringComparison.Ordinal),
        ["DNS"] = IsDnsAnswer,
        ["DTLS"] = static (_, answer) => answer[0] == 22 && answer[1] == 0xfe && answer[13] == 3,
        ["Echo"] = static (request, answer) => answer.AsSpan().SequenceEqual(request),
        ["IKE"] = static (request, answer) => Repeats(request, 0, answer, 0, 8),
        ["IKEBehindNAT"] = static (request, answer) => Repeats(request, 0, answer, 0, 12),
        ["IPMI"] = static (request, answer) => answer[0] == 6 && answer[3] == request[3] && (answer[3] == 7 || (answer[8] == 0x40 && answer[9] == request[9])),
        ["Kerberos"] = static (_, answer) => answer[0] == 0x7e,
        ["KNX"] = static (_, answer) => answer[0] == 6 && answer[2] == 2 && answer[3] == 4,
        ["L2TP"] = static (_, answer) => answer[0] == 0xc8 && answer[1] == 2,
        ["LDAP"] = static (_, answer) => Text(answer).Contains("supportedLDAPVersion", StringComparison.Ordinal),
        ["mDNS"] = IsDnsAnswer,
        ["Memcached"] = static (request, answer) => Repeats(request, 0, answer, 0, 2) && Text(answer).Contains("VERSION ", StringComparison.Ordinal),
        ["NetBIOS"] = IsDnsAnswer,
        ["NTP"] = static (request, answer) => (answer[0] & 7) == 4 && Repeats(request, 40, answer, 24, 8),
        ["OpenVPN"] = static (_, answer) => answer[0] >> 3 == 8,
        ["PortMapper"] = static (request, answer) => Repeats(request, 0, answer, 0, 4) && answer[7] == 1,
        ["QUIC"] = static (request, answer) => answer[0] >= 0x80 && answer.AsSpan(1, 4).SequenceEqual(new byte[4]) && Repeats(request, 15, answer, 6, 8),
        ["RADIUS"] = static (request, answer) => answer[0] == 3 && answer[1] == request[1],
        ["SIP"] = static (request, answer) =>
            Text(answer).StartsWith("SIP/2.0 ", StringComparison.Ordinal) && Text(answer).Contains(Line(request, "Call-ID:"), StringComparison.Ordinal),
        ["SNMP"] = static (request, answer) => answer[0] == 0x30 && Array.IndexOf(answer, (byte)(request[4] == 3 ? 0xa8 : 0xa2)) > 0,
        ["STUN"] = static (request, answer) => answer[0] == 1 && answer[1] == 1 && Repeats(request, 4, answer, 4, 16),
        ["TFTP"] = static (_, answer) => answer[0] == 0 && answer[1] == 5,
        ["Time"] = static (_, answer) => answer.Length == 4,
        ["XDMCP"] = static (_, answer) => answer[3] is 5 or 6,
    };

    public static bool Fits(string probe, byte[] request, byte[] answer) => Rules[probe](request, answer);

    private static bool IsDnsAnswer(byte[] request, byte[] answer) => Repeats(request, 0, answer, 0, 2) && answer[2] >= 0x80;

    private static bool Repeats(byte[] request, int at, byte[] answer, int there, int count) =>
        answer.Length >= there + count && request.AsSpan(at, count).SequenceEqual(answer.AsSpan(there, count));

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static string Line(byte[] message, string start)
    {
        var text = Text(message);
        var at = text.IndexOf(start, StringComparison.Ordinal);
        return text[at..text.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }
}
