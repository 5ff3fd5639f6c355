using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Text;
using SocketTools.Arguments;
using SocketTools.Completers;
using SocketTools.Pipeline;

namespace SocketTools.Commands;

/// <summary>Sends text, bytes, files and streams on an open connection.</summary>
[Cmdlet(VerbsCommunications.Send, "SocketData", DefaultParameterSetName = DataParameterSet)]
[OutputType(typeof(SocketConnection))]
public sealed class SendSocketDataCommand : ConnectionCmdlet
{
    private const string DataParameterSet = "Data";
    private const string PipedParameterSet = "PipedConnection";
    private const string HexParameterSet = "Hex";
    private const int Block = 64 * 1024;

    private readonly List<byte> _pipedBytes = [];

    /// <summary>The connection.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DataParameterSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = HexParameterSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipedParameterSet)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public SocketConnection Connection { get; set; } = null!;

    /// <summary>What to send.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = DataParameterSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipedParameterSet)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The bytes to send, as hexadecimal numbers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexParameterSet)]
    [HexArgument]
    public byte[] HexString { get; set; } = [];

    /// <summary>Ends each text with CR and LF.</summary>
    [Parameter]
    public SwitchParameter Line { get; set; }

    /// <summary>What ends each text.</summary>
    [Parameter]
    public LineEnd? NewLine { get; set; }

    /// <summary>What text is sent in.</summary>
    [Parameter]
    [EncodingArgument, ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>Where a datagram goes.</summary>
    [Parameter, ArgumentCompleter(typeof(HostCompleter))]
    public string? ComputerName { get; set; }

    /// <summary>The port that a datagram goes to.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>How long it may take; the connection's own time-out unless given.</summary>
    [Parameter]
    [Alias("TimeoutMs")]
    [ValidateRange(1, int.MaxValue)]
    public int? TimeoutMilliseconds { get; set; }

    /// <summary>Gives the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(Connection, MyInvocation.ExpectingInput && ParameterSetName != DataParameterSet, SendInput);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName != DataParameterSet || Connection is null)
            return;
        Run(Connection, false, SendPipedBytes);
        if (PassThru)
            WriteObject(Connection);
    }

    private void SendInput(SocketConnection connection)
    {
        var item = InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject;
        // A list of bytes comes through the pipeline one by one: they are sent together.
        if (item is byte one && MyInvocation.ExpectingInput)
        {
            _pipedBytes.Add(one);
            if (_pipedBytes.Count == Block && !connection.IsDatagram)
                SendPipedBytes(connection);
            return;
        }
        SendPipedBytes(connection);
        switch (ParameterSetName == HexParameterSet ? HexString : item)
        {
            case FileInfo file:
                using (var content = file.OpenRead())
                    SendStream(connection, content);
                break;
            case Stream stream:
                SendStream(connection, stream);
                break;
            case var data:
                Send(connection, OutgoingData.BytesOf(data, Encoding, OutgoingData.NewLineOf(Line, NewLine)));
                break;
        }
        if (PassThru && ParameterSetName != DataParameterSet)
            WriteObject(connection);
    }

    private void SendPipedBytes(SocketConnection connection)
    {
        if (_pipedBytes.Count == 0)
            return;
        var bytes = _pipedBytes.ToArray();
        _pipedBytes.Clear();
        Send(connection, bytes);
    }

    private void SendStream(SocketConnection connection, Stream stream) =>
        connection.SendAll(stream, Destination(connection), () => LimitOf(connection, TimeoutMilliseconds));

    private void Send(SocketConnection connection, byte[] bytes) =>
        connection.Send(bytes, bytes.Length, Destination(connection), LimitOf(connection, TimeoutMilliseconds));

    private EndPoint? Destination(SocketConnection connection)
    {
        if (ComputerName is null && Port is null)
            return null;
        if (!connection.IsDatagram || ComputerName is null || Port is null)
            ThrowTerminatingError(ErrorRecords.Contradiction("-ComputerName and -Port go together, and say where a UDP socket sends to."));
        return Recipient.Of(ComputerName!, Port!.Value, connection, LimitOf(connection, TimeoutMilliseconds), Cancellation);
    }
}
