using System.Collections.Generic;
using System.Globalization;

namespace SocketTools;

/// <summary>An alert of TLS (RFC 8446 section 6).</summary>
internal readonly record struct TlsAlert(int Level, int Description)
{
    private const int Fatal = 2;
    private const int CloseNotify = 0;

    /// <summary>The peer's server does not know the name that it was told (RFC 6066 section 3).</summary>
    public const int UnrecognizedName = 112;

    private static readonly Dictionary<int, string> Names = new()
    {
        [CloseNotify] = "close_notify",
        [10] = "unexpected_message",
        [20] = "bad_record_mac",
        [22] = "record_overflow",
        [40] = "handshake_failure",
        [41] = "no_certificate",
        [42] = "bad_certificate",
        [43] = "unsupported_certificate",
        [44] = "certificate_revoked",
        [45] = "certificate_expired",
        [46] = "certificate_unknown",
        [47] = "illegal_parameter",
        [48] = "unknown_ca",
        [49] = "access_denied",
        [50] = "decode_error",
        [51] = "decrypt_error",
        [60] = "export_restriction",
        [70] = "protocol_version",
        [71] = "insufficient_security",
        [80] = "internal_error",
        [86] = "inappropriate_fallback",
        [90] = "user_canceled",
        [109] = "missing_extension",
        [110] = "unsupported_extension",
        [UnrecognizedName] = "unrecognized_name",
        [113] = "bad_certificate_status_response",
        [115] = "unknown_psk_identity",
        [116] = "certificate_required",
        [120] = "no_application_protocol",
    };

    /// <summary>Whether the handshake is over with it.</summary>
    public bool IsEnd => Level == Fatal || Description == CloseNotify;

    /// <summary>What to do about it; empty when nobody knows.</summary>
    public string Remedy => Description switch
    {
        40 or 70 or 71 => "It takes none of the versions or cipher suites that this computer offers: see which it takes with Get-TlsInfo -Enumerate.",
        41 or 42 or 116 => "It wants a client certificate: give one with -ClientCertificate.",
        >= 43 and <= 46 or 48 => "It does not take this client's certificate: give another with -ClientCertificate.",
        UnrecognizedName => "It does not know the name that it was told: give another with -ServerName.",
        120 => "It speaks none of the protocols of -Alpn.",
        _ => "Check the server's log.",
    };

    /// <summary>Its name and number.</summary>
    public override string ToString() => Names.TryGetValue(Description, out var name)
        ? $"{name} ({Description.ToString(CultureInfo.InvariantCulture)})"
        : Description.ToString(CultureInfo.InvariantCulture);
}
