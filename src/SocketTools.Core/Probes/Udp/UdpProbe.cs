using System;

namespace SocketTools;

/// <summary>What is said to a UDP port so that a server of a certain protocol answers.</summary>
internal sealed class UdpProbe
{
    /// <param name="name">The protocol's name.</param>
    /// <param name="payloads">What makes a payload; several take turns from one try to the next. Each try has a transaction
    /// number of its own where the protocol has one.</param>
    public UdpProbe(string name, params Func<byte[]>[] payloads)
    {
        Name = name;
        Request = new DatagramRequest(attempt => payloads[attempt % payloads.Length]());
    }

    /// <summary>A datagram without a byte, for a port whose protocol is not known.</summary>
    public static UdpProbe Empty { get; } = new("Empty", static () => []);

    /// <summary>The protocol's name.</summary>
    public string Name { get; }

    /// <summary>What is sent.</summary>
    public DatagramRequest Request { get; private init; }

    /// <summary>The same, where the answer comes from a port that the host chooses.</summary>
    public UdpProbe AnsweredFromAnyPort => new(Name) { Request = Request with { IsAnsweredFromAnyPort = true } };

    /// <summary>Bytes of the caller's own.</summary>
    public static UdpProbe Of(byte[] payload) => new("Custom", () => payload);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
