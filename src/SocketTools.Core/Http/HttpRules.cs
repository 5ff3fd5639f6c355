using System.Collections.Generic;
using static SocketTools.HttpFindingSeverity;

namespace SocketTools;

/// <summary>Every deviation that is looked for: first those in which recipients disagree about where something ends.</summary>
internal static class HttpRules
{
    public static readonly HttpRule ContentLengthWithTransferEncoding = new(
        "ContentLengthWithTransferEncoding", High, "RFC 9112 section 6.3",
        "Two headers say where the body ends. A recipient that believes Content-Length reads another message than one that believes Transfer-Encoding.");

    public static readonly HttpRule DifferingContentLengths = new(
        "DifferingContentLengths", High, "RFC 9112 section 6.3",
        "The lengths contradict each other: whoever takes the first and whoever takes the last read different messages.");

    public static readonly HttpRule InvalidContentLength = new(
        "InvalidContentLength", High, "RFC 9110 section 8.6",
        "The length is not a number in digits alone that fits into 63 bits. Lenient recipients read it as different numbers, and so end the body at different places.");

    public static readonly HttpRule BareCarriageReturn = new(
        "BareCarriageReturn", High, "RFC 9112 section 2.2",
        "A CR without its LF. Some recipients end the line there and see a header that others do not.");

    public static readonly HttpRule BareLineFeed = new(
        "BareLineFeed", Medium, "RFC 9112 section 2.2",
        "A line ends with LF alone. Recipients may take that or not, and then see other headers.");

    public static readonly HttpRule BareLineFeedInChunk = new(
        "BareLineFeedInChunk", High, "RFC 9112 section 7.1",
        "A line of the chunked coding ends with LF alone, which no recipient need take: one that goes on to the CRLF reads other chunks.");

    public static readonly HttpRule FoldedHeader = new(
        "FoldedHeader", High, "RFC 9112 section 5.2",
        "A header goes on in the next line. Recipients that do not unfold see a header of another name, or none.");

    public static readonly HttpRule SpaceBeforeColon = new(
        "SpaceBeforeColon", High, "RFC 9112 section 5.1",
        "White space between name and colon. Recipients that keep it do not know the header, others do.");

    public static readonly HttpRule InvalidNameCharacter = new(
        "InvalidNameCharacter", High, "RFC 9110 section 5.1",
        "A header's name holds what no name may. A recipient that drops or changes it can see another header.");

    public static readonly HttpRule InvalidValueCharacter = new(
        "InvalidValueCharacter", Medium, "RFC 9110 section 5.5",
        "A value holds a control character, which recipients drop, replace or refuse.");

    public static readonly HttpRule NulInHead = new(
        "NulInHead", High, "RFC 9110 section 5.5",
        "A NUL in the head: programs that keep text to a NUL see only what stands before it.");

    public static readonly HttpRule HeaderWithoutColon = new(
        "HeaderWithoutColon", High, "RFC 9112 section 5",
        "A line that is no header. Recipients that skip it and recipients that refuse it see different messages.");

    public static readonly HttpRule EmptyHeaderName = new(
        "EmptyHeaderName", High, "RFC 9110 section 5.1",
        "A header without a name, which recipients skip or refuse.");

    public static readonly HttpRule SpaceBeforeFirstHeader = new(
        "SpaceBeforeFirstHeader", High, "RFC 9112 section 2.2",
        "The first line after the status line begins with white space: a fold of nothing. Recipients skip it, take it, or refuse the message.");

    public static readonly HttpRule InvalidChunkSize = new(
        "InvalidChunkSize", High, "RFC 9112 section 7.1",
        "A chunk's size is not hexadecimal digits alone (a sign, 0x, white space, other text). Lenient recipients read different sizes.");

    public static readonly HttpRule ChunkSizeOverflow = new(
        "ChunkSizeOverflow", High, "RFC 9112 section 7.1",
        "A chunk's size needs more than 63 bits. Recipients that cut it off read a much smaller chunk.");

    public static readonly HttpRule SpaceAfterChunkSize = new(
        "SpaceAfterChunkSize", Medium, "RFC 9112 section 7.1.1",
        "White space after a chunk's size, which may not be sent; recipients take it or refuse the body.");

    public static readonly HttpRule InvalidChunkExtension = new(
        "InvalidChunkExtension", Medium, "RFC 9112 section 7.1.1",
        "What follows a chunk's size is not ;name or ;name=value. Recipients that look for the line's end in it find different ones.");

    public static readonly HttpRule SpaceInChunkExtension = new(
        "SpaceInChunkExtension", Low, "RFC 9112 section 7.1.1",
        "White space around the marks of a chunk's extension, which may not be sent; recipients take it or refuse the body.");

    public static readonly HttpRule MissingChunkEnd = new(
        "MissingChunkEnd", High, "RFC 9112 section 7.1",
        "A chunk's data are not followed by CRLF: the size is wrong, or recipients that skip two bytes unseen go astray.");

    public static readonly HttpRule ChunkedNotLast = new(
        "ChunkedNotLast", High, "RFC 9112 section 6.3",
        "The last transfer coding is not chunked, so that only the end of the connection ends the body; recipients that find chunked anywhere read chunks.");

    public static readonly HttpRule UnknownTransferCoding = new(
        "UnknownTransferCoding", High, "RFC 9112 section 7",
        "A transfer coding that the standard does not know, or chunked with parameters. Who does not know it cannot tell where the body ends.");

    public static readonly HttpRule EmptyListElement = new(
        "EmptyListElement", Medium, "RFC 9110 section 5.6.1",
        "A list in a header that frames the body has an element without anything in it. Recipients skip it, or take the whole header for an unknown or an invalid one.");

    public static readonly HttpRule RepeatedChunked = new(
        "RepeatedChunked", High, "RFC 9112 section 7.1",
        "Chunked is applied more than once: recipients undo it once or as often as it stands there.");

    public static readonly HttpRule TransferEncodingInHttp10 = new(
        "TransferEncodingInHttp10", High, "RFC 9112 section 6.1",
        "HTTP/1.0 knows no Transfer-Encoding: recipients of that version take the chunks' sizes for data.");

    public static readonly HttpRule TransferEncodingToHttp10 = new(
        "TransferEncodingToHttp10", High, "RFC 9112 section 6.1",
        "The answer to a request of HTTP/1.0 has a Transfer-Encoding, which clients and proxies of that version do not know: they take the chunks' sizes for data.");

    public static readonly HttpRule RepeatedContentLength = new(
        "RepeatedContentLength", Medium, "RFC 9110 section 8.6",
        "The same length stands there more than once. Recipients may refuse it.");

    public static readonly HttpRule FramingWithoutBody = new(
        "FramingWithoutBody", High, "RFC 9110 section 8.6",
        "A status that has no body (1xx, 204, or 2xx to CONNECT) comes with Content-Length or Transfer-Encoding: recipients that wait for one take the next response for it.");

    public static readonly HttpRule BodyWhereNoneMayBe = new(
        "BodyWhereNoneMayBe", High, "RFC 9112 section 6.3",
        "Bytes follow a response that has no body (to HEAD, 204, 304), or come with one that may have none (205). On a connection that stays open they are, to many, the start of the next response.");

    public static readonly HttpRule ShortBody = new(
        "ShortBody", Medium, "RFC 9112 section 8",
        "The connection ended before the body did. Caches and readers that do not notice keep half a message.");

    public static readonly HttpRule MissingCloseNotify = new(
        "MissingCloseNotify", Medium, "RFC 9112 section 9.8",
        "The body ends with the connection, and TLS did not say that this was the end: who can cut the connection can cut the body, and nobody would see it.");

    public static readonly HttpRule DataAfterEnd = new(
        "DataAfterEnd", High, "RFC 9112 section 6.3",
        "Bytes follow the end of the response. On a connection that stays open they are taken for the answer to the next request.");

    public static readonly HttpRule InvalidStatusLine = new(
        "InvalidStatusLine", High, "RFC 9112 section 4",
        "The answer does not start with HTTP/1.1, a space and three digits: it is another protocol, or another version of this one.");

    public static readonly HttpRule UnexpectedVersion = new(
        "UnexpectedVersion", Medium, "RFC 9112 section 2.3",
        "The version is neither 1.0 nor 1.1: recipients treat the connection as the one or the other.");

    public static readonly HttpRule StatusCodeOutOfRange = new(
        "StatusCodeOutOfRange", Medium, "RFC 9110 section 15",
        "Status codes go from 100 to 599. Recipients take others for 5xx, or refuse them.");

    public static readonly HttpRule MissingReasonSpace = new(
        "MissingReasonSpace", Low, "RFC 9112 section 4",
        "The space after the status code is missing; it must be there even before an empty reason phrase.");

    public static readonly HttpRule InvalidReasonCharacter = new(
        "InvalidReasonCharacter", Medium, "RFC 9112 section 4",
        "The reason phrase holds a control character, which programs that log or show it may act on.");

    public static readonly HttpRule LeadingEmptyLine = new(
        "LeadingEmptyLine", Medium, "RFC 9112 section 2.1",
        "Empty lines stand before the status line: often the rest of a body that was longer than promised.");

    public static readonly HttpRule DuplicateSingleton = new(
        "DuplicateSingleton", Medium, "RFC 9110 section 5.3",
        "A header that may be sent once is there again: recipients take the first, the last, or both as a list.");

    public static readonly HttpRule ForbiddenTrailer = new(
        "ForbiddenTrailer", Medium, "RFC 9110 section 6.5.1",
        "A trailer that says how the message is framed, routed or read. Recipients that merge trailers into the head believe it too late, or at all.");

    public static readonly HttpRule SwitchWithoutUpgrade = new(
        "SwitchWithoutUpgrade", Medium, "RFC 9110 section 15.2.2",
        "101 without an Upgrade header, or without 'Connection: upgrade', which belongs to it: nothing says for sure which protocol follows.");

    public static readonly HttpRule UnaskedSwitch = new(
        "UnaskedSwitch", High, "RFC 9110 section 7.8",
        "101 to a protocol that the request did not ask for. Who stands between reads what follows as something else.");

    public static readonly HttpRule InterimToHttp10 = new(
        "InterimToHttp10", Medium, "RFC 9110 section 15.2",
        "A 1xx answer to a request of HTTP/1.0, which knows none: such a client takes it for the answer, and what follows for its body.");

    public static readonly HttpRule MissingRequiredHeader = new(
        "MissingRequiredHeader", Low, "RFC 9110 section 15",
        "A 206 without Content-Range, 401 without WWW-Authenticate, 405 without Allow, 407 without Proxy-Authenticate, or 426 without Upgrade: it does not say what it is about.");

    public static readonly HttpRule HeaderTooLarge = new(
        "HeaderTooLarge", Low, "RFC 9110 section 5.4",
        "One header has more than 8 KiB, which many clients and proxies refuse or cut.");

    public static readonly HttpRule HeadTooLarge = new(
        "HeadTooLarge", Medium, "RFC 9110 section 5.4",
        "Heads and trailers have more bytes than are taken: the rest of the answer was not read.");

    public static readonly HttpRule TooManyHeaders = new(
        "TooManyHeaders", Medium, "RFC 9110 section 5.4",
        "There are more headers than are taken: the rest of the answer was not read.");

    public static readonly HttpRule ChunkExtensionsTooLarge = new(
        "ChunkExtensionsTooLarge", Medium, "RFC 9112 section 7.1.1",
        "The chunks' extensions have more bytes than are taken: the rest of the answer was not read.");

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<HttpRule> All { get; } =
    [
        ContentLengthWithTransferEncoding, DifferingContentLengths, InvalidContentLength, BareCarriageReturn, BareLineFeed, BareLineFeedInChunk,
        FoldedHeader, SpaceBeforeColon, InvalidNameCharacter, InvalidValueCharacter, NulInHead, HeaderWithoutColon, EmptyHeaderName,
        SpaceBeforeFirstHeader, InvalidChunkSize, ChunkSizeOverflow, SpaceAfterChunkSize, InvalidChunkExtension, SpaceInChunkExtension,
        MissingChunkEnd, ChunkedNotLast, UnknownTransferCoding, EmptyListElement, RepeatedChunked, TransferEncodingInHttp10, TransferEncodingToHttp10,
        RepeatedContentLength, FramingWithoutBody, BodyWhereNoneMayBe, ShortBody, MissingCloseNotify, DataAfterEnd, InvalidStatusLine, UnexpectedVersion,
        StatusCodeOutOfRange, MissingReasonSpace, InvalidReasonCharacter, LeadingEmptyLine, DuplicateSingleton, ForbiddenTrailer,
        SwitchWithoutUpgrade, UnaskedSwitch, InterimToHttp10, MissingRequiredHeader, HeaderTooLarge, HeadTooLarge, TooManyHeaders, ChunkExtensionsTooLarge,
    ];
}
