using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>The names that addresses of one host lead back to, looked up while its ports are probed.</summary>
internal sealed class AddressNames
{
    private readonly ConcurrentDictionary<string, Task<string?>> _names = new();
    private readonly HostResolver _resolver;
    private readonly CancellationToken _cancellation;

    public AddressNames(HostResolver resolver, CancellationToken cancellation)
    {
        _resolver = resolver;
        _cancellation = cancellation;
    }

    /// <summary>Starts the look-up of an address that is new.</summary>
    public void LookUp(string address)
    {
        if (!_names.ContainsKey(address))
            _names.GetOrAdd(address, LookUpAsync);
    }

    /// <summary>Waits for the look-ups.</summary>
    public Task CompleteAsync() => Task.WhenAll(_names.Values);

    /// <summary>An address's name, once the look-ups have ended.</summary>
    public string? NameOf(string address) => _names.TryGetValue(address, out var name) ? name.Result : null;

    private async Task<string?> LookUpAsync(string text)
    {
        var address = IPAddress.Parse(text);
        if (IsNobodys(address))
            return null;
        var answer = await _resolver.ReverseAsync(address, OpenPortOptions.LongestLookup, _cancellation).ConfigureAwait(false);
        return answer.Names.Count > 0 ? answer.Names[0] : null;
    }

    // No name server knows a name of the other loopback addresses (RFC 6303 section 4.2), but the resolver would ask one.
    private static bool IsNobodys(IPAddress address) =>
        IPAddress.IsLoopback(address) && address.GetAddressBytes() is [127, _, _, _] and not [127, 0, 0 or 1, 1];
}
