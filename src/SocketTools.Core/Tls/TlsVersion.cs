namespace SocketTools;

/// <summary>A version of TLS, or of SSL before it. The numbers are those on the wire, and never change.</summary>
public enum TlsVersion
{
    /// <summary>SSL 3.0 (RFC 6101), which nobody should use (RFC 7568).</summary>
    Ssl3 = 0x0300,

    /// <summary>TLS 1.0 (RFC 2246), which nobody should use (RFC 8996).</summary>
    Tls10 = 0x0301,

    /// <summary>TLS 1.1 (RFC 4346), which nobody should use (RFC 8996).</summary>
    Tls11 = 0x0302,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 0x0303,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 0x0304,
}
