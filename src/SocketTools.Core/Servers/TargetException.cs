using System;

namespace SocketTools;

/// <summary>The server that a connection is forwarded to failed.</summary>
internal sealed class TargetException : Exception
{
    public TargetException(Exception why)
        : base(why.GetBaseException().Message, why)
    {
    }
}
