namespace SocketTools;

/// <summary>A request of the SQL Server Resolution Protocol.</summary>
internal static class SqlBrowserPayload
{
    /// <summary>Asks for all instances of the server ([MC-SQLR] section 2.2.2, CLNT_UCAST_EX).</summary>
    public static byte[] Instances() => [0x03];
}
