using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Arguments;

/// <summary>What of a server cannot be meant together.</summary>
internal static class ServerRules
{
    /// <summary>What is wrong, as a sentence; null when nothing is.</summary>
    public static string? Contradiction(
        IDictionary<string, object> given, ServerHandler handler, IReadOnlyList<TransportProtocol> protocols, bool usesTls, bool hasFaults)
    {
        var isUdp = protocols.Contains(TransportProtocol.Udp);
        if (given.ContainsKey("UnixSocket") && (given.ContainsKey("Port") || given.ContainsKey("Address") || given.ContainsKey("Protocol")))
            return "A Unix socket has no port, no address and no protocol: leave out -Port, -Address and -Protocol, or -UnixSocket.";
        if (given.TryGetValue("Certificate", out var certificate) && certificate is X509Certificate2 { HasPrivateKey: false })
            return "The certificate has no private key: a server needs one that has.";
        if (usesTls && !protocols.Contains(TransportProtocol.Tcp))
            return "TLS needs TCP: add Tcp to -Protocol, or leave out -Tls and -Certificate.";
        if (usesTls && !given.ContainsKey("Certificate") && !ServerTls.MakesCertificates)
            return "Making a certificate needs PowerShell 7.4 or later: give one with -Certificate.";
        if (isUdp && handler is not (ConversationHandler { TakesDatagrams: true } or ForwardHandler))
            return $"The handler {handler.Name} needs TCP: leave Udp out of -Protocol.";
        if (hasFaults && handler is not (ConversationHandler or ForwardHandler))
            return $"The handler {handler.Name} takes no faults: start it without, and another with -ForwardTo and the faults before it.";
        return protocols.Distinct().Count() < protocols.Count ? "Each protocol is given once." : null;
    }
}
