namespace SocketTools;

/// <summary>A protocol whose connections begin in the clear and go on with TLS. The numbers never change.</summary>
public enum StartTlsProtocol
{
    /// <summary>SMTP (RFC 3207).</summary>
    Smtp = 1,

    /// <summary>IMAP (RFC 9051 section 6.2.1).</summary>
    Imap = 2,

    /// <summary>POP3 (RFC 2595 section 4).</summary>
    Pop3 = 3,

    /// <summary>PostgreSQL (its protocol's SSLRequest).</summary>
    Postgres = 4,

    /// <summary>FTP (RFC 4217).</summary>
    Ftp = 5,
}
