namespace SocketTools;

/// <summary>The head of a message that is an answer (RFC 1035 section 4.1.1).</summary>
internal readonly struct DnsHeader
{
    private const byte Truncated = 2;
    private const int FormatError = 1;
    private const int NameError = 3;
    private const int NotImplemented = 4;
    private const int Refused = 5;

    private static readonly string[] Names =
        ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"];

    public DnsHeader(byte[] message)
    {
        IsTruncated = (message[2] & Truncated) != 0;
        ResponseCode = message[3] & 15;
        Questions = (message[4] << 8) | message[5];
        Answers = (message[6] << 8) | message[7];
    }

    public bool IsTruncated { get; }

    public int ResponseCode { get; }

    public int Questions { get; }

    public int Answers { get; }

    /// <summary>Whether the server could make nothing of the question, which may be for its extensions.</summary>
    public bool IsNotUnderstood => ResponseCode is FormatError or NotImplemented;

    /// <summary>Why the server gives no records, or null when it says that all is well.</summary>
    public Failure? Failure => ResponseCode switch
    {
        0 => null,
        NameError => Because(Reason.NameNotResolved),
        Refused => Because(Reason.QueryRefused),
        _ => Because(Reason.NameServerFailure),
    };

    /// <summary>Marks an answer as not whole.</summary>
    public static void Truncate(byte[] message) => message[2] |= Truncated;

    private Failure Because(Reason reason) =>
        new(reason, ResponseCode < Names.Length ? Names[ResponseCode] : "RCODE" + ResponseCode, ResponseCode);
}
