namespace SocketTools;

/// <summary>Requests of game servers.</summary>
internal static class GamePayload
{
    /// <summary>Asks a server of the Source engine what it is (Valve's "Server queries", A2S_INFO); the answer tells it, or
    /// asks for a challenge.</summary>
    public static byte[] SourceInfo() => new PayloadWriter().UInt32(uint.MaxValue).Ascii("TSource Engine Query").Zeros(1).ToArray();

    /// <summary>Asks a server of the Quake III engine for its status (its connectionless command <c>getstatus</c>), with a text
    /// that the answer repeats.</summary>
    public static byte[] QuakeStatus() => new PayloadWriter().UInt32(uint.MaxValue).Ascii("getstatus " + PayloadWriter.RandomHex(8)).ToArray();
}
