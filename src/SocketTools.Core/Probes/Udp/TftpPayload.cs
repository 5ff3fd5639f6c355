namespace SocketTools;

/// <summary>A request of TFTP.</summary>
internal static class TftpPayload
{
    private const int ReadRequest = 1;

    /// <summary>Asks for a file that does not exist (RFC 1350 section 5); the answer is an error. It comes from a port that the
    /// server chooses (section 4); there is no request that is answered from the port that was asked.</summary>
    public static byte[] Read() =>
        new PayloadWriter().UInt16(ReadRequest).Ascii("no-such-file-" + PayloadWriter.RandomHex(8)).Zeros(1).Ascii("octet").Zeros(1).ToArray();
}
