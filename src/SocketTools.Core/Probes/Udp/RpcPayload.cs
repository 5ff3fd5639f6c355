namespace SocketTools;

/// <summary>Calls of ONC RPC.</summary>
internal static class RpcPayload
{
    private const int Call = 0;
    private const int RpcVersion = 2;
    private const int NullProcedure = 0;

    /// <summary>Calls the procedure that does nothing of the port mapper (RFC 1833 section 3).</summary>
    public static byte[] PortMapper() => NullCall(100000, 2);

    /// <summary>Calls the procedure that does nothing of an NFS server (RFC 1813 section 3.3.0).</summary>
    public static byte[] Nfs() => NullCall(100003, 3);

    // RFC 5531 section 9: a call with neither credentials nor verifier.
    private static byte[] NullCall(uint program, uint version) =>
        new PayloadWriter().Random(4).UInt32(Call).UInt32(RpcVersion).UInt32(program).UInt32(version).UInt32(NullProcedure).Zeros(16).ToArray();
}
