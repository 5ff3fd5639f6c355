using System;

namespace SocketTools;

/// <summary>What every failure of an operation carries: where it happened, why, and what to do about it.</summary>
public abstract class SocketToolsException : Exception
{
    private protected SocketToolsException(string message, string? endPoint, Failure failure, Exception? inner)
        : base(message, inner)
    {
        EndPoint = endPoint;
        Reason = failure.Reason;
        ErrorName = failure.ErrorName;
        ErrorCode = failure.ErrorCode;
    }

    /// <summary>The end point that was worked on, as <c>host:port</c> or as the host alone; null when there is none.</summary>
    public string? EndPoint { get; }

    /// <summary>Why it failed.</summary>
    public Reason Reason { get; }

    /// <summary>The POSIX or resolver name of the error, such as <c>ECONNREFUSED</c> or <c>EAI_NONAME</c>; the same on every system.</summary>
    public string? ErrorName { get; }

    /// <summary>This system's number of the error; null when the system gave none.</summary>
    public int? ErrorCode { get; }

    /// <summary>What had been read when it failed, of the type that success would have given, such as a
    /// <c>RawHttpResponse</c>; null when nothing is kept.</summary>
    public object? PartialResult { get; internal set; }
}

/// <summary>A deadline passed (Python's <c>socket.timeout</c>).</summary>
public sealed class SocketTimeoutException : SocketToolsException
{
    internal SocketTimeoutException(string message, string? endPoint, Exception? inner = null)
        : base(message, endPoint, Failure.TimedOut, inner)
    {
    }
}

/// <summary>A name or address could not be resolved (Python's <c>socket.gaierror</c>).</summary>
public sealed class NameResolutionException : SocketToolsException
{
    internal NameResolutionException(string message, string? endPoint, Failure failure, Exception? inner = null)
        : base(message, endPoint, failure, inner)
    {
    }
}

/// <summary>Any other failure of a socket or of the protocol on it (Python's <c>socket.error</c>).</summary>
public sealed class SocketOperationException : SocketToolsException
{
    internal SocketOperationException(string message, string? endPoint, Failure failure, Exception? inner = null)
        : base(message, endPoint, failure, inner)
    {
    }
}
