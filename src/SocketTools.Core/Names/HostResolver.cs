using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Asks the system's resolver, with a deadline and a cancellation that the resolver itself does not have.</summary>
internal sealed class HostResolver : IHostResolver
{
    private static readonly ResolverError NoAddressOfFamily = new(SocketError.NoData, "EAI_ADDRFAMILY", null);

    private readonly SystemResolver _system;
    private readonly Func<bool> _canAsk;

    /// <param name="system">Who is asked; the system's resolver unless given.</param>
    /// <param name="canAsk">Whether there is any way to a name server.</param>
    public HostResolver(SystemResolver? system = null, Func<bool>? canAsk = null)
    {
        _system = system ?? SystemResolver.Current;
        _canAsk = canAsk ?? HasWayToNameServer;
    }

    /// <summary>How long a look-up may take unless something else is asked for, in milliseconds.</summary>
    public const int DefaultTimeoutMilliseconds = 5000;

    /// <inheritdoc/>
    public bool IsChosenServer => false;

    /// <inheritdoc/>
    public Task<ForwardAnswer> ResolveAsync(
        string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation)
    {
        if (HostTarget.TryParseAddress(host, out var address))
            return Task.FromResult(Literal(host, address, family));
        var name = HostTarget.ToAscii(host);
        return WithinAsync(() => Resolve(name, family), TimedOutForward, deadline, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> AliasesAsync(
        string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation) =>
        WithinAsync(() => _system.AliasesOf(HostTarget.ToAscii(host), family), static () => [], deadline, cancellation);

    /// <inheritdoc/>
    public Task<ReverseAnswer> ReverseAsync(IPAddress address, TimeSpan deadline, CancellationToken cancellation) =>
        WithinAsync(() => _system.Reverse(address), TimedOutReverse, deadline, cancellation);

    /// <summary>The addresses of a host, or an exception that says why there are none.</summary>
    /// <exception cref="NameResolutionException">The name does not resolve.</exception>
    public async Task<IReadOnlyList<IPAddress>> GetAddressesAsync(
        string host, AddressFamily family, TimeSpan deadline, CancellationToken cancellation)
    {
        var answer = await ResolveAsync(host, family, deadline, cancellation).ConfigureAwait(false);
        return answer.Error is null ? answer.Addresses : throw Exception(host, answer.Error);
    }

    /// <summary>The failure that a resolver's error stands for.</summary>
    public static Failure FailureOf(ResolverError error) => error switch
    {
        { Exception: SocketToolsException told } => new Failure(told.Reason, told.ErrorName, told.ErrorCode),
        { Kind: SocketError.TimedOut } => Failure.TimedOut with { Reason = Reason.ResolutionTimedOut },
        _ => new Failure(Failure.Of(error.Kind).Reason, error.Name, error.Number),
    };

    /// <summary>The exception for a name that did not resolve, with what to do about it.</summary>
    public static NameResolutionException Exception(string host, ResolverError error)
    {
        if (error.Exception is NameResolutionException told)
            return told;
        var failure = FailureOf(error);
        return new NameResolutionException(Describe(host, failure), host, failure);
    }

    /// <summary>A sentence that says what happened to a name, and what to do.</summary>
    public static string Describe(string host, Failure failure)
    {
        var what = failure.Reason switch
        {
            Reason.NoAddress => $"'{host}' has no address of the family asked for",
            Reason.NetworkUnreachable => $"The resolver could not ask for '{host}': this computer is connected to no network",
            Reason.NameServerFailure => $"The resolver failed for now on '{host}'",
            Reason.ResolutionTimedOut => $"'{host}' was not resolved in time",
            _ => $"'{host}' does not resolve to an address",
        };
        return $"{what} ({failure.ErrorName}). {Remedy.For(failure.Reason)}";
    }

    private ForwardAnswer Resolve(string name, AddressFamily family)
    {
        var answer = _system.Resolve(name, family);
        return answer.Error switch
        {
            // Resolvers say so too of a name that has addresses of the other family only, if they ask no further.
            { Kind: SocketError.HostNotFound } when family != AddressFamily.Unspecified && _system.Resolve(name, AddressFamily.Unspecified).Error is null =>
                ForwardAnswer.Failed(NoAddressOfFamily),
            // They call it a failure of the name server when there is no way to ask one.
            { Kind: SocketError.TryAgain } error when !_canAsk() => ForwardAnswer.Failed(error with { Kind = SocketError.NetworkUnreachable }),
            _ => answer,
        };
    }

    private static bool HasWayToNameServer() =>
        NetworkInterface.GetIsNetworkAvailable() || SystemNameServers.Find().Any(IPAddress.IsLoopback);

    /// <summary>What an address literal is the answer to.</summary>
    public static ForwardAnswer Literal(string host, IPAddress address, AddressFamily family) =>
        family != AddressFamily.Unspecified && address.AddressFamily != family
            ? ForwardAnswer.Failed(NoAddressOfFamily)
            : new ForwardAnswer(null, host, [address]);

    private static ForwardAnswer TimedOutForward() =>
        ForwardAnswer.Failed(ResolverError.Of(SocketError.TimedOut));

    private static ReverseAnswer TimedOutReverse() =>
        ReverseAnswer.Failed(ResolverError.Of(SocketError.TimedOut));

    // A question waits for a thread only when very many others are under way; that is no longer than each of them may take.
    private static async Task<T> WithinAsync<T>(
        Func<T> question, Func<T> timedOut, TimeSpan deadline, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var call = BlockingCall.Start(question, over.Token);
        try
        {
            await Task.WhenAny(call.Taken, Task.Delay(deadline, over.Token)).ConfigureAwait(false);
            var first = await Task.WhenAny(call.Result, Task.Delay(deadline, over.Token)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return first == call.Result ? await call.Result.ConfigureAwait(false) : timedOut();
        }
        finally
        {
            over.Cancel();
        }
    }
}
