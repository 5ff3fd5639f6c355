namespace SocketTools;

/// <summary>What is wrong with a server's certificate or its chain. The numbers never change.</summary>
public enum CertificateFault
{
    /// <summary>Something that no other word here fits; the sentence says what.</summary>
    Other = 0,

    /// <summary>A certificate's time is over.</summary>
    Expired = 1,

    /// <summary>A certificate's time has not begun.</summary>
    NotYetValid = 2,

    /// <summary>The certificate is its own issuer, and not among the trusted roots.</summary>
    SelfSigned = 3,

    /// <summary>The chain leads to an authority that is not trusted.</summary>
    UnknownAuthority = 4,

    /// <summary>The server did not send the certificate of its issuer, and this computer does not have it.</summary>
    MissingIntermediate = 5,

    /// <summary>The authority has revoked a certificate.</summary>
    Revoked = 6,

    /// <summary>Whether a certificate is revoked was to be checked and could not be.</summary>
    RevocationUnknown = 7,

    /// <summary>The certificate is for other names (RFC 9525).</summary>
    WrongName = 8,

    /// <summary>A certificate is not for servers, or its issuer's not for issuing.</summary>
    WrongUsage = 9,

    /// <summary>A signature is wrong: the certificate was changed, or its issuer did not issue it.</summary>
    BadSignature = 10,

    /// <summary>A certificate is signed in a way, or has a key, that this computer holds for too weak.</summary>
    WeakAlgorithm = 11,

    /// <summary>The server sent no certificate.</summary>
    NoCertificate = 12,
}
