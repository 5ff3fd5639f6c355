namespace SocketTools;

/// <summary>How connections are served.</summary>
internal enum ServerEngine
{
    /// <summary>On the server's loop where that can be, else as streams.</summary>
    Automatic,

    /// <summary>As <see cref="Automatic"/>, on the loop of all systems.</summary>
    Portable,

    /// <summary>As asynchronous streams.</summary>
    Streams,
}
