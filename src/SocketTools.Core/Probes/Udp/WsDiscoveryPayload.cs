using System;

namespace SocketTools;

/// <summary>A search of Web Services Dynamic Discovery.</summary>
internal static class WsDiscoveryPayload
{
    /// <summary>Asks for devices of any type (WS-Discovery, April 2005, section 5.2).</summary>
    public static byte[] Probe() => new PayloadWriter().Ascii(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>" +
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"" +
        " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"" +
        " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">" +
        "<s:Header><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>" +
        "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>" +
        $"<a:MessageID>urn:uuid:{Guid.NewGuid()}</a:MessageID></s:Header>" +
        "<s:Body><d:Probe/></s:Body></s:Envelope>").ToArray();
}
