using System;

namespace SocketTools;

/// <summary>A connection is to be reset, because that was asked for.</summary>
internal sealed class FaultResetException : Exception
{
    public FaultResetException()
        : base("The connection is reset on purpose.")
    {
    }
}
