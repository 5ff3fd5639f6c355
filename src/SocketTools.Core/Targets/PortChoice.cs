namespace SocketTools;

/// <summary>Chooses a host's ports: its own, or those given, or else the most used ones. Many hosts share one set.</summary>
internal sealed class PortChoice
{
    private readonly PortSet _mostUsed;
    private readonly bool _addMostUsed;
    private readonly PortSet? _excluded;
    private PortSet? _given;
    private PortSet? _chosen;

    /// <param name="mostUsed">The most used ports.</param>
    /// <param name="addMostUsed">Whether they are added where others are given, too.</param>
    /// <param name="excluded">Ports to leave out.</param>
    public PortChoice(PortSet mostUsed, bool addMostUsed, PortSet? excluded)
    {
        _mostUsed = mostUsed;
        _addMostUsed = addMostUsed;
        _excluded = excluded;
    }

    /// <summary>The ports of a host; none when all are left out.</summary>
    /// <param name="host">The host, which may bring its own.</param>
    /// <param name="given">Those for hosts that bring none.</param>
    public PortSet Of(HostTarget host, PortSet? given) => Of(host.PortsOr(given));

    /// <summary>The ports that are made of those given, which may be none.</summary>
    public PortSet Of(PortSet? given)
    {
        if (_chosen is null || !ReferenceEquals(given, _given))
        {
            var wanted = given is null ? _mostUsed : _addMostUsed ? PortSet.Join([given, _mostUsed]) : given;
            (_given, _chosen) = (given, wanted.Except(_excluded));
        }
        return _chosen;
    }
}
