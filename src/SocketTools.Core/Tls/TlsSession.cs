using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools;

/// <summary>What a handshake showed, as it came: what it means is worked out only when somebody asks.</summary>
internal sealed class TlsSession
{
    public TlsSession(TlsOptions options) => Options = options;

    /// <summary>What this side asked for.</summary>
    public TlsOptions Options { get; }

    /// <summary>The name that the server was told.</summary>
    public string ServerName => Options.ServerName.TrimEnd('.');

    /// <summary>The version that both chose; null when they came to none.</summary>
    public TlsVersion? Version { get; set; }

    /// <summary>What the server said in the clear.</summary>
    public ServerFlight? Flight { get; set; }

    /// <summary>The protocol that both chose (ALPN).</summary>
    public string? ApplicationProtocol { get; set; }

    /// <summary>Whether the server asked for a client certificate, as far as this side was told.</summary>
    public bool AsksForCertificate { get; set; }

    /// <summary>How long the handshake took, in milliseconds.</summary>
    public double HandshakeMs { get; set; }

    /// <summary>The certificates that the server sent, its own the first.</summary>
    public IReadOnlyList<byte[]> Certificates { get; private set; } = [];

    /// <summary>Keeps what the system was shown.</summary>
    public void Note(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is null)
            return;
        var own = certificate.GetRawCertData();
        // What the server sent lies beside the chain: in its order, with or without its own certificate.
        var others = chain is null ? [] : chain.ChainPolicy.ExtraStore.Cast<X509Certificate2>().Select(static other => other.RawData);
        Certificates = [own, .. others.Where(other => !other.SequenceEqual(own))];
    }

    /// <summary>What all of it means.</summary>
    /// <param name="computerName">The host, as it was asked for.</param>
    /// <param name="address">The address that was connected to.</param>
    /// <param name="port">The port.</param>
    /// <param name="time">How long an authority may take to say what it has revoked.</param>
    public TlsInfo Describe(string computerName, string address, int port, TimeSpan time)
    {
        if (Certificates.Count == 0 && Flight is not null)
            Certificates = Flight.Certificates;
        return new TlsInfo(this, computerName, address, port, time);
    }
}
