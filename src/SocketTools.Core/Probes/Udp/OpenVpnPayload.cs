namespace SocketTools;

/// <summary>The first message of OpenVPN.</summary>
internal static class OpenVpnPayload
{
    private const byte HardResetOfClient2 = 7 << 3;

    /// <summary>Begins a session (draft-openvpn-wire-protocol, "Control channel packets"): session number, no
    /// acknowledgement, message 0. A server that demands a key for that (tls-auth, tls-crypt) stays silent.</summary>
    public static byte[] Reset() => new PayloadWriter().Bytes(HardResetOfClient2).Random(8).Bytes(0).UInt32(0).ToArray();
}
