using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace SocketTools;

/// <summary>What went over a connection in both directions. It keeps the newest bytes, and entries, up to a limit.</summary>
public sealed class SocketTranscript
{
    /// <summary>How many bytes are kept unless something else is asked for.</summary>
    internal const int DefaultMaximumBytes = 1024 * 1024;

    private const int MaximumEntries = 16 * 1024;

    private readonly Queue<TranscriptEntry> _entries = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _kept;

    internal SocketTranscript(int maximumBytes) => MaximumBytes = maximumBytes;

    /// <summary>How many bytes are kept at most.</summary>
    public int MaximumBytes { get; }

    /// <summary>Who holds it keeps others from reading and adding, until it has sent something and added it.</summary>
    internal object Gate { get; } = new();

    /// <summary>How many older bytes are no longer kept.</summary>
    public long BytesDropped { get; private set; }

    /// <summary>What went, in its order.</summary>
    public IReadOnlyList<TranscriptEntry> Entries
    {
        get
        {
            lock (Gate)
                return _entries.ToArray();
        }
    }

    /// <summary>One line an entry, with escapes for what a terminal cannot show.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Entries.Select(static entry => entry.ToString()));

    /// <summary>Each entry as a hex dump: offset, sixteen bytes, and what of them is ASCII.</summary>
    public string ToHexDump()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            text.Append(entry.Direction).Append(' ').Append(entry.Timestamp.ToString("o")).Append("  ").Append(entry.Length).Append(" bytes").AppendLine();
            HexDump.Append(text, entry.Data);
        }
        return text.ToString();
    }

    /// <summary>Writes the hex dump to a file, as UTF-8.</summary>
    public void Save(string path) => File.WriteAllText(path, ToHexDump());

    internal void Add(TranscriptDirection direction, byte[] bytes, int offset, int count)
    {
        if (count == 0)
            return;
        lock (Gate)
        {
            var kept = Math.Min(count, MaximumBytes);
            var data = new byte[kept];
            Buffer.BlockCopy(bytes, offset + count - kept, data, 0, kept);
            BytesDropped += count - kept;
            _kept += kept;
            _entries.Enqueue(new TranscriptEntry(direction, _clock.Elapsed.TotalMilliseconds, data));
            for (; _kept > MaximumBytes || _entries.Count > MaximumEntries; BytesDropped += _entries.Dequeue().Length)
                _kept -= _entries.Peek().Length;
        }
    }
}
