namespace SocketTools;

/// <summary>What the parser found next in the bytes that it was given.</summary>
internal enum ResponseStep
{
    /// <summary>The bytes are used up.</summary>
    NeedMore,

    /// <summary>The head of an interim response (1xx) has come; another head follows.</summary>
    InterimHead,

    /// <summary>The final head has come.</summary>
    Head,

    /// <summary>Bytes of the body, free of their transfer coding.</summary>
    Body,

    /// <summary>The response is complete.</summary>
    End,

    /// <summary>The connection has ended where the response may end, or not.</summary>
    CutOff,

    /// <summary>The response cannot be read on.</summary>
    Wrong,
}
