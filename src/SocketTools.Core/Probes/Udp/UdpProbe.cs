using System;

namespace SocketTools;

/// <summary>What is said to a UDP port so that a server of a certain protocol answers.</summary>
internal sealed class UdpProbe
{
    private readonly Func<byte[]>[] _payloads;

    /// <param name="name">The protocol's name.</param>
    /// <param name="payloads">What makes a payload; several take turns from one try to the next.</param>
    public UdpProbe(string name, params Func<byte[]>[] payloads)
    {
        Name = name;
        _payloads = payloads;
    }

    /// <summary>A datagram without a byte, for a port whose protocol is not known.</summary>
    public static UdpProbe Empty { get; } = new("Empty", static () => []);

    /// <summary>The protocol's name.</summary>
    public string Name { get; }

    /// <summary>Whether the answer comes from another port than the one that was asked, as TFTP's does: a connected socket
    /// never sees it, so that one that is not connected has to take it from any port of the same address.</summary>
    public bool AnswersFromAnyPort { get; init; }

    /// <summary>Bytes of the caller's own.</summary>
    public static UdpProbe Of(byte[] payload) => new("Custom", () => payload);

    /// <summary>A datagram for one try: with a transaction number of its own where the protocol has one.</summary>
    /// <param name="attempt">Which try it is, from 0.</param>
    public byte[] CreatePayload(int attempt) => _payloads[attempt % _payloads.Length]();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
