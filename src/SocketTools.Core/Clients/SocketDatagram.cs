using System;
using System.Text;

namespace SocketTools;

/// <summary>A datagram that was received, and who sent it.</summary>
public sealed class SocketDatagram
{
    internal SocketDatagram(string address, int port, byte[] data, Encoding encoding)
    {
        Address = address;
        Port = port;
        Data = data;
        Text = encoding.GetString(data);
        Timestamp = DateTime.UtcNow;
        Source = ThisComputer.Name;
    }

    /// <summary>The sender's address, as text; the name that pipes into other cmdlets.</summary>
    public string ComputerName => Address;

    /// <summary>The sender's address, as text; empty for a Unix socket.</summary>
    public string Address { get; }

    /// <summary>The sender's port; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>The sender, as <c>address:port</c>.</summary>
    public string Sender => Address.Length == 0 ? "" : HostTarget.Join(Address, Port);

    /// <summary>How many bytes it holds.</summary>
    public int Length => Data.Length;

    /// <summary>What it holds, as text.</summary>
    public string Text { get; }

    /// <summary>What it holds.</summary>
    public byte[] Data { get; }

    /// <summary>The computer that received it.</summary>
    public string Source { get; }

    /// <summary>When it was taken, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>The sender and what it holds, with escapes for what a terminal cannot show.</summary>
    public override string ToString() => $"{Sender} {PrintableText.Of(Data)}";
}
