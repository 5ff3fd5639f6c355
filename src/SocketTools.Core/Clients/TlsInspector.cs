using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>Looks at the TLS of servers: in a handshake, or in their answers to one version after the other.</summary>
internal sealed class TlsInspector
{
    private readonly SocketConnector _connector = new();
    private readonly ConcurrentDictionary<TlsVersion, string> _refusals = new();

    /// <summary>What a handshake shows. Nothing is sent after it.</summary>
    /// <exception cref="SocketToolsException">There was none; PartialResult is a <see cref="TlsInfo"/> when the server had shown something.</exception>
    public async Task<TlsInfo> LookAsync(ConnectOptions options, CancellationToken cancellation)
    {
        var deadline = new Deadline(options.TimeoutMilliseconds);
        try
        {
            TlsSession session;
            string address;
            using (var connection = await _connector.ConnectAsync(options, cancellation).ConfigureAwait(false))
                (session, address) = (connection.TlsSession!, connection.Address);
            return await DescribeAsync(session, options, address, deadline, cancellation).ConfigureAwait(false);
        }
        catch (SocketToolsException error) when (error.PartialResult is TlsSession session)
        {
            error.PartialResult = await DescribeAsync(session, options, "", deadline, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What a server says to each version, on a connection of its own.</summary>
    /// <exception cref="SocketToolsException">It says nothing of TLS to any.</exception>
    public async Task<IReadOnlyList<TlsVersionResult>> AskAsync(ConnectOptions options, IEnumerable<TlsVersion> versions, CancellationToken cancellation)
    {
        var questions = versions.Select(version => new TlsQuestion(options, version)).ToList();
        await Task.WhenAll(questions.Select(question => question.AskAsync(_connector, cancellation))).ConfigureAwait(false);
        if (questions.TrueForAll(static question => !question.IsAnswered))
            throw questions.Select(static question => question.Error).First(static error => error is not null)!;
        return [.. questions.Select(question => question.Result(RefusalOf(question.Version)))];
    }

    // The system asks one authority after the other, each for as long as it may, and cannot be stopped: in time it is left behind.
    private static async Task<TlsInfo> DescribeAsync(TlsSession session, ConnectOptions options, string address, Deadline deadline, CancellationToken cancellation)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var described = BlockingCall.Start(() => Describe(session, options, address, deadline.Remaining), leave.Token).Result;
        if (!options.Tls!.CheckRevocation || await Task.WhenAny(described, Task.Delay(deadline.Remaining, leave.Token)).ConfigureAwait(false) == described)
            return await described.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        leave.Cancel();
        return Describe(session, options, address, TimeSpan.Zero);
    }

    private static TlsInfo Describe(TlsSession session, ConnectOptions options, string address, TimeSpan time)
    {
        try
        {
            return session.Describe(options.Target!.ComputerName, address, options.Target.Port!.Value, time);
        }
        catch (CryptographicException error)
        {
            throw new SocketOperationException(
                $"{options.Target} showed a certificate that cannot be read: {error.Message.TrimEnd('.')}.", options.Target!.ToString(), Failure.Because(Reason.TlsFailed), error);
        }
    }

    private string? RefusalOf(TlsVersion version) =>
        _refusals.GetOrAdd(version, static asked => TlsLibrary.RefusalOf(asked) ?? "") is { Length: > 0 } words ? words : null;
}
