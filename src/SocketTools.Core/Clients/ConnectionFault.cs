using System;
using System.IO;
using System.Net.Sockets;

namespace SocketTools;

/// <summary>Makes one of the module's failures of what a socket, or TLS on it, throws.</summary>
internal static class ConnectionFault
{
    /// <summary>Whether an exception is about the connection, and not a bug.</summary>
    public static bool IsOne(Exception error) =>
        error is IOException or SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>The failure.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="endPoint">The peer.</param>
    /// <param name="during">What was being done, as in "while receiving".</param>
    /// <param name="milliseconds">How long it might take.</param>
    /// <param name="outcome">How far it came, as a sentence.</param>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static SocketToolsException Of(Exception error, string endPoint, string during, int milliseconds, string outcome)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OperationCanceledException:
                    throw new OperationCanceledException(cause.Message, cause);
                case TimeoutException:
                    return new SocketTimeoutException($"{endPoint}: {milliseconds} ms were over {during} (ETIMEDOUT). {Sentence(outcome)}Allow more with -TimeoutMilliseconds.", endPoint, error);
                case SocketException socketError:
                    return Failed(Failure.Of(socketError.SocketErrorCode), error);
                case ObjectDisposedException:
                    return new SocketOperationException($"{endPoint} failed {during}: the connection was closed on this side. {outcome}".TrimEnd(), endPoint, Failure.Because(Reason.ConnectionClosed), error);
            }
        }
        return new SocketOperationException(
            $"{endPoint} failed {during}: {error.GetBaseException().Message.TrimEnd('.')}. {outcome}", endPoint, Failure.Because(Reason.OtherError), error);

        SocketOperationException Failed(Failure failure, Exception inner) => new(
            $"{endPoint} failed {during}: {failure.Reason} ({failure.ErrorName}). {Sentence(outcome)}{RemedyFor(failure)}", endPoint, failure, inner);
    }

    private static string Sentence(string outcome) => outcome.Length == 0 ? "" : outcome + " ";

    private static string RemedyFor(Failure failure) => failure.ErrorName switch
    {
        "EMSGSIZE" => "One datagram cannot hold so much: send less at once.",
        "EPIPE" => "The connection was ended: open a new one.",
        "EACCES" => "A firewall of this computer prohibits it, or the address is that of all of a network, which needs -Broadcast.",
        "EDESTADDRREQ" or "ENOTCONN" => "This socket has no peer: say where to send with -ComputerName and -Port.",
        _ => Remedy.For(failure.Reason),
    };
}
