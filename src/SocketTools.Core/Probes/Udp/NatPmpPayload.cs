namespace SocketTools;

/// <summary>A request to a router that maps ports.</summary>
internal static class NatPmpPayload
{
    /// <summary>Asks for the outer address (RFC 6886 section 3.2); a server that knows only PCP answers that it does not know
    /// that version (RFC 6887 section 9).</summary>
    public static byte[] ExternalAddress() => [0, 0];
}
