using System;
using System.Globalization;

namespace SocketTools;

/// <summary>Bytes that went one way, without a pause or a change of direction that was noticed.</summary>
public sealed class TranscriptEntry
{
    internal TranscriptEntry(TranscriptDirection direction, double elapsedMs, byte[] data)
    {
        Direction = direction;
        ElapsedMs = elapsedMs;
        Timestamp = DateTime.UtcNow;
        Data = data;
    }

    /// <summary>Which way.</summary>
    public TranscriptDirection Direction { get; }

    /// <summary>When, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>How long after the transcript's beginning, in milliseconds.</summary>
    public double ElapsedMs { get; }

    /// <summary>How many bytes.</summary>
    public int Length => Data.Length;

    /// <summary>The bytes as text, with escapes for what a terminal cannot show.</summary>
    public string Text => PrintableText.Of(Data);

    /// <summary>The bytes.</summary>
    public byte[] Data { get; }

    /// <summary>Direction, time and text in a line.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1,9:0.000} ms  {2}", Direction == TranscriptDirection.Sent ? '>' : '<', ElapsedMs, Text);
}
