using System.Linq;
using System.Text;

namespace SocketTools.Tests;

internal static class ServicesText
{
    public static ServiceRegistry Registry(string system, string iana = "") =>
        new(Encoding.UTF8.GetBytes(system), Encoding.UTF8.GetBytes(iana));

    /// <summary>What IANA's embedded table says alone, whatever this machine's database holds.</summary>
    public static ServiceRegistry IanaOnly { get; } = new([], ServiceSources.ReadIana());

    /// <summary>A service in one line: <c>http 80/tcp [www] 'World Wide Web' System</c>.</summary>
    public static string Show(this ServiceInfo? service) => service is null
        ? "none"
        : $"{service} [{string.Join(' ', service.Aliases)}] '{service.Description}' {service.Origin}";

    public static string[] Show(this System.Collections.Generic.IEnumerable<ServiceInfo> services) =>
        [.. services.Select(Show)];
}
