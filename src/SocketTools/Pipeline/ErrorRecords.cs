using System;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace SocketTools.Pipeline;

/// <summary>Failures as PowerShell's error records: a stable id, a category, the target.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure; its id is the reason's name.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="target">What was worked on; the failure's end point when null.</param>
    public static ErrorRecord Of(SocketToolsException error, object? target = null) =>
        new(error, error.Reason.ToString(), CategoryOf(error.Reason), target ?? error.EndPoint);

    /// <summary>The record of a host that came without a port where one is needed, or of which none is left.</summary>
    public static ErrorRecord PortMissing(HostTarget host, PortSet? left)
    {
        var message = left is not null
            ? $"-ExcludePort leaves no port of '{host}' to test."
            : $"'{host}' has no port. Give one with -Port, with the host ({host.ComputerName}:443), or as a property Port of the piped object.";
        return new ErrorRecord(new ArgumentException(message), "PortMissing", ErrorCategory.InvalidArgument, host);
    }

    /// <summary>The record of an address to send from that this computer does not have.</summary>
    public static ErrorRecord NotOwnAddress(IPAddress address)
    {
        var why = Failure.Of(SocketError.AddressNotAvailable);
        var message = $"{address} is not an address of this computer, or not one that can be used now ({why.ErrorName}): give one of its own to send from.";
        return Of(new SocketOperationException(message, address.ToString(), why));
    }

    /// <summary>The record of a scan that could not probe some ports for want of something on this side.</summary>
    public static ErrorRecord RanShort(string activity, Failure why)
    {
        var message = $"This computer could not probe every port ({why.ErrorName ?? why.Reason.ToString()}); those are Unknown. {Remedy.For(why.Reason)}";
        return new ErrorRecord(new SocketOperationException(message, null, why), why.Reason.ToString(), CategoryOf(why.Reason), activity);
    }

    /// <summary>The record of a service that no registry knows.</summary>
    public static ErrorRecord ServiceNotFound(string what, string remedy) =>
        new(new ItemNotFoundException($"No service is registered for '{what}'. {remedy}"), "ServiceNotFound", ErrorCategory.ObjectNotFound, what);

    /// <summary>The record of a protocol that no registry knows.</summary>
    public static ErrorRecord ProtocolNotFound(string what)
    {
        var message = $"No protocol is registered for '{what}'. Wildcards find similar names, such as ipv6*.";
        return new ErrorRecord(new ItemNotFoundException(message), "ProtocolNotFound", ErrorCategory.ObjectNotFound, what);
    }

    /// <summary>The record of an IPv4 address in a form that programs read differently.</summary>
    public static ErrorRecord LegacyAddress(AddressInput input)
    {
        var message = $"'{input.Text}' is an old form of an IPv4 address: programs that use inet_aton read {input.Address}, others refuse it or read " +
            "another address. Give four decimal parts, or -AllowLegacyIPv4 to read it as inet_aton does.";
        return new ErrorRecord(new FormatException(message), "LegacyAddress", ErrorCategory.InvalidArgument, input.Text);
    }

    /// <summary>The record of arguments that cannot be meant together.</summary>
    public static ErrorRecord Contradiction(string why) =>
        new(new PSArgumentException(why), "ContradictingArguments", ErrorCategory.InvalidArgument, null);

    /// <summary>The record of a connection that this process does not have.</summary>
    public static ErrorRecord ConnectionNotFound(int id) => new(
        new ItemNotFoundException($"No connection {id} is open in this process. Get-SocketConnection lists those that are."),
        "ConnectionNotFound", ErrorCategory.ObjectNotFound, id);

    /// <summary>The record of a port on which no server of this process listens.</summary>
    public static ErrorRecord ServerNotFound(int port)
    {
        var message = $"No server of this process listens on port {port}. Get-SocketServer lists those that run.";
        return new ErrorRecord(new ItemNotFoundException(message), "ServerNotFound", ErrorCategory.ObjectNotFound, port);
    }

    private static ErrorCategory CategoryOf(Reason reason) => reason switch
    {
        Reason.ConnectionRefused or Reason.PortUnreachable or Reason.HostUnreachable or Reason.NetworkUnreachable or Reason.ConnectionReset or
            Reason.ConnectionAborted or Reason.ConnectionClosed => ErrorCategory.ConnectionError,
        Reason.TimedOut or Reason.ResolutionTimedOut => ErrorCategory.OperationTimeout,
        Reason.NameNotResolved or Reason.NoAddress or Reason.NoRecord => ErrorCategory.ObjectNotFound,
        Reason.ProhibitedByFirewall or Reason.PermissionDenied => ErrorCategory.PermissionDenied,
        Reason.TooManyOpenSockets or Reason.NoBufferSpace or Reason.LocalAddressNotAvailable or Reason.NameServerFailure or
            Reason.QueryRefused => ErrorCategory.ResourceUnavailable,
        Reason.AddressInUse => ErrorCategory.ResourceExists,
        Reason.LimitExceeded => ErrorCategory.LimitsExceeded,
        Reason.ProtocolViolation or Reason.WrongAnswer or Reason.NotTls => ErrorCategory.ProtocolError,
        Reason.TlsFailed => ErrorCategory.AuthenticationError,
        Reason.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
