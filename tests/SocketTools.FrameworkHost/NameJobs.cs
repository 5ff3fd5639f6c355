using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What is asked about names and numbers.</summary>
internal static class NameJobs
{
    /// <summary><c>RESOLVER HOST</c>: the name, what it leads to, and what leads back.</summary>
    public static async Task<string> LookUpAsync(string[] arguments)
    {
        var system = arguments[0] == "portable" ? new PortableResolver() : SystemResolver.Current;
        var lookup = new HostLookup(new HostResolver(system), new HostLookupOptions { Reverse = true });
        var host = await lookup.FindAsync(HostTarget.Parse(arguments[1]), CancellationToken.None);
        var (addresses, names) = (string.Join(", ", host.IPv4Addresses), string.Join(", ", host.ReverseNames));
        return $"{host.HostName}; {addresses}; {names}; {host.ForwardConfirmed}";
    }

    /// <summary><c>PORT NAME TYPE</c>: the records that a DNS server on loopback gives.</summary>
    public static async Task<string> AskAsync(string[] arguments)
    {
        var server = new IPEndPoint(IPAddress.Loopback, int.Parse(arguments[0], CultureInfo.InvariantCulture));
        var type = (DnsRecordType)Enum.Parse(typeof(DnsRecordType), arguments[2]);
        using var resolver = new DnsResolver([server]);
        var lookup = new DnsLookup(resolver, TimeSpan.FromSeconds(30));
        var answer = await lookup.FindAsync(DnsName.Parse(arguments[1]), [type], CancellationToken.None);
        var failures = answer.Failures.Select(static failure => failure.Message);
        return string.Join("; ", answer.Records.Select(static record => record.ToString()).Concat(failures));
    }

    /// <summary><c>NAME</c>: the services of that name.</summary>
    public static Task<string> FindService(string[] arguments) =>
        Task.FromResult(string.Join("; ", ServiceRegistry.Default.FindByName(arguments[0])));

    /// <summary><c>NUMBER</c>: the protocol of that number.</summary>
    public static Task<string> FindProtocol(string[] arguments)
    {
        var number = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        return Task.FromResult($"{ProtocolRegistry.Default.FindByNumber(number)}");
    }

    /// <summary><c>ADDRESS</c>: the address in other notations, and its block.</summary>
    public static Task<string> Describe(string[] arguments)
    {
        var info = IPAddressInfo.Parse(arguments[0]);
        return Task.FromResult(
            $"{info}; {info.Expanded}; {info.Number}; {info.ReverseName}; {info.Scope}; {info.MappedAddress}");
    }
}
