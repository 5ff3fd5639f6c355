using System.Linq;

namespace SocketTools;

/// <summary>Stand-in.</summary>
internal static class TopPorts
{
    public const int Most = 1000;

    public static PortSet Take(int count) => PortSet.Join(Enumerable.Range(1, count).Select(static p => PortSet.Of(p)));
}
