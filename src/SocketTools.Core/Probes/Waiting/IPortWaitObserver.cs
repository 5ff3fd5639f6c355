using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>What is told while ports are waited for; calls come from any thread.</summary>
internal interface IPortWaitObserver
{
    /// <summary>A port is in a state that is waited for, and is not asked any more.</summary>
    Task ReachedAsync(in PortAnswer answer);

    /// <summary>How far the wait is.</summary>
    void Progressed(PortWaitProgress progress);

    /// <summary>Something that only somebody who asks for details wants to know.</summary>
    void Detail(string message);
}

/// <summary>How far a wait is: the ports reached and all, some of those still waited for, and the seconds gone and left.</summary>
internal readonly record struct PortWaitProgress(int Reached, int Total, IReadOnlyList<string> Missing, double SecondsGone, double SecondsLeft);
