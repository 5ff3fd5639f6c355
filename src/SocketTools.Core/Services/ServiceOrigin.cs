namespace SocketTools;

/// <summary>Where the name of a service comes from.</summary>
public enum ServiceOrigin
{
    /// <summary>
    /// The operating system's services database: <c>/etc/services</c>, on Windows
    /// <c>%SystemRoot%\System32\drivers\etc\services</c>.
    /// </summary>
    System = 1,

    /// <summary>The copy of IANA's port number registry that comes with the module.</summary>
    Iana = 2,
}
