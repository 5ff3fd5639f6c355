using System.Net.Sockets;

namespace SocketTools;

/// <summary>An attempt that a timer looks after until it ends.</summary>
internal interface IAttemptUnderWay
{
    /// <summary>Does what is due by now.</summary>
    /// <param name="now">A time stamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void LookAfter(long now);

    /// <summary>Ends it.</summary>
    void Abort(SocketError because);
}
