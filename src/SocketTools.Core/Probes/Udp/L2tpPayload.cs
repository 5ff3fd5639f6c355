namespace SocketTools;

/// <summary>The first message of the Layer Two Tunneling Protocol.</summary>
internal static class L2tpPayload
{
    private const int ControlMessage = 0xc802;
    private const int Mandatory = 0x8000;
    private const int HeaderLength = 12;
    private const int AttributeHeaderLength = 6;

    /// <summary>Asks to start a tunnel (RFC 2661 sections 3.1 and 6.1).</summary>
    public static byte[] Start()
    {
        var attributes = new PayloadWriter();
        Add(attributes, 0, [0, 1]); // Start-Control-Connection-Request
        Add(attributes, 2, [1, 0]); // protocol version 1, revision 0
        Add(attributes, 3, [0, 0, 0, 3]); // framing
        Add(attributes, 7, System.Text.Encoding.ASCII.GetBytes("SocketTools"));
        Add(attributes, 9, [(byte)(PayloadWriter.RandomBytes(1)[0] | 1), PayloadWriter.RandomBytes(1)[0]]); // this side's tunnel
        var body = attributes.ToArray();
        return new PayloadWriter().UInt16(ControlMessage).UInt16(HeaderLength + body.Length).Zeros(HeaderLength - 4).Bytes(body).ToArray();
    }

    private static void Add(PayloadWriter attributes, int type, byte[] value) =>
        attributes.UInt16(Mandatory | (AttributeHeaderLength + value.Length)).UInt16(0).UInt16(type).Bytes(value);
}
