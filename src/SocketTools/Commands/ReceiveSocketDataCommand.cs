using System.IO;
using System.Management.Automation;
using System.Text;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Receives from an open connection: a message by a rule, lines as they come, everything, or what is there.</summary>
[Cmdlet(VerbsCommunications.Receive, "SocketData", DefaultParameterSetName = "Available")]
[OutputType(typeof(string), typeof(byte[]), typeof(SocketDatagram))]
public sealed class ReceiveSocketDataCommand : ConnectionCmdlet
{
    /// <summary>The connection.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public SocketConnection Connection { get; set; } = null!;

    /// <summary>Takes what is there now, and waits for nothing.</summary>
    [Parameter(ParameterSetName = "Available")]
    public SwitchParameter Available { get; set; }

    /// <summary>Receives a line.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Line")]
    public SwitchParameter Line { get; set; }

    /// <summary>Receives lines, as they come, until the peer has said all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Lines")]
    public SwitchParameter Lines { get; set; }

    /// <summary>Receives up to a delimiter or a match, and with it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Until")]
    [EndMarkArgument]
    public object Until { get; set; } = null!;

    /// <summary>Receives so many bytes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Length")]
    [ValidateRange(1, int.MaxValue)]
    public int Length { get; set; }

    /// <summary>Receives until the peer has said all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "ToEnd")]
    public SwitchParameter ToEnd { get; set; }

    /// <summary>Writes what is received to a file.</summary>
    [Parameter(ParameterSetName = "ToEnd")]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Gives bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>What the text is in.</summary>
    [Parameter]
    [EncodingArgument, ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>The largest message to take.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumBytes { get; set; } = ReceiveRules.DefaultMaximumBytes;

    /// <summary>How long it may take; the connection's own time-out unless given.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutMilliseconds { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(Connection, MyInvocation.ExpectingInput, Receive);

    private void Receive(SocketConnection connection)
    {
        try
        {
            if (connection.IsDatagram)
                ReceiveDatagram(connection);
            else if (OutFile is not null)
                WriteFile(connection, GetUnresolvedProviderPathFromPSPath(OutFile));
            else if (ToEnd && AsByteStream)
                WriteChunks(connection);
            else
                while (WriteMessage(connection) && Lines) { }
        }
        catch (SocketToolsException error) when (error.PartialResult is byte[] bytes && !AsByteStream)
        {
            error.PartialResult = Encoding.GetString(bytes);
            throw;
        }
    }

    private bool WriteMessage(SocketConnection connection)
    {
        var milliseconds = TimeoutMilliseconds ?? connection.TimeoutMilliseconds;
        var limit = LimitOf(connection, TimeoutMilliseconds);
        ReceivedMessage message;
        string? text;
        do
        {
            var rule = ReceiveRules.Of(Line || Lines, Until, Length > 0 ? Length : null, ToEnd, Encoding, milliseconds);
            message = Available
                ? connection.ReceiveAvailable(MaximumBytes, limit)
                : connection.Receive(rule, System.Math.Max(MaximumBytes, Length), limit);
            text = AsByteStream ? null : connection.TextOf(message, Encoding);
            // The first half of a character is not yet text.
        }
        while (text is "" && message is { End: ReceiveEnd.Available, Bytes.Length: > 0 } && !Available);
        if (message.Bytes!.Length == 0 && message.End is ReceiveEnd.PeerClosed or ReceiveEnd.Available && text is null or "")
            return false;
        WriteObject(AsByteStream ? message.Bytes : text, enumerateCollection: false);
        return message.End != ReceiveEnd.PeerClosed;
    }

    private void WriteChunks(SocketConnection connection) => connection.ReadToEnd(
        () => LimitOf(connection, TimeoutMilliseconds),
        (bytes, count) => WriteObject(Copy(bytes, count), enumerateCollection: false));

    private static byte[] Copy(byte[] bytes, int count)
    {
        var copy = new byte[count];
        System.Buffer.BlockCopy(bytes, 0, copy, 0, count);
        return copy;
    }

    private void WriteFile(SocketConnection connection, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
        connection.ReadToEnd(() => LimitOf(connection, TimeoutMilliseconds), (bytes, count) => file.Write(bytes, 0, count));
    }

    private void ReceiveDatagram(SocketConnection connection)
    {
        if (connection.ReceiveDatagram(Encoding, !Available, LimitOf(connection, TimeoutMilliseconds)) is { } datagram)
            WriteObject(AsByteStream ? datagram.Data : datagram, enumerateCollection: false);
    }
}
