namespace SocketTools;

/// <summary>A query of BitTorrent's distributed hash table.</summary>
internal static class DhtPayload
{
    /// <summary>Asks whether a node is there (BEP 5, "ping"), as a node whose number is random.</summary>
    public static byte[] Ping() => new PayloadWriter()
        .Ascii("d1:ad2:id20:").Random(20).Ascii("e1:q4:ping1:t2:").Random(2).Ascii("1:y1:qe").ToArray();
}
