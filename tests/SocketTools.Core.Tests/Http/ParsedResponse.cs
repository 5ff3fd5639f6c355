using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

/// <summary>What the parser makes of bytes in given pieces, in a form that compares by value.</summary>
internal sealed record ParsedResponse(
    string? Head, string Headers, string Trailers, string Body, int Interim, bool IsComplete, ResponseFault? Fault)
{
    public static ParsedResponse Of(string latin1, string method = "GET", bool close = true) =>
        Of(Encoding.Latin1.GetBytes(latin1), [], method, close: close);

    /// <param name="bytes">The stream.</param>
    /// <param name="cuts">How long each piece is; the last one takes the rest.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="maximumBytes">The most body.</param>
    /// <param name="close">Whether the stream ends after the bytes.</param>
    public static ParsedResponse Of(
        byte[] bytes, IEnumerable<int> cuts, string method = "GET", int maximumBytes = int.MaxValue, bool close = true)
    {
        var collector = new ResponseCollector(method, maximumBytes);
        var offset = 0;
        var wantsMore = true;
        foreach (var cut in cuts.Append(int.MaxValue))
        {
            var count = Math.Min(cut, bytes.Length - offset);
            if (wantsMore && count > 0)
                wantsMore = Give(collector, bytes, offset, count);
            offset += count;
        }
        if (wantsMore && close)
            collector.Close();
        return new ParsedResponse(
            collector.Head?.RawHead, collector.Head?.Headers.ToString() ?? "", collector.Trailers.ToString(),
            Encoding.Latin1.GetString(collector.Body), collector.Interim.Length, collector.IsComplete, collector.Fault);
    }

    // As the client does: into the collector's own room when it has some, else from elsewhere.
    private static bool Give(ResponseCollector collector, byte[] bytes, int offset, int count)
    {
        while (count > 0)
        {
            var room = collector.Room;
            var target = room.Count > 0 ? room : new ArraySegment<byte>(new byte[count]);
            var part = Math.Min(count, target.Count);
            Buffer.BlockCopy(bytes, offset, target.Array!, target.Offset, part);
            if (!collector.Take(target.Array!, target.Offset, part))
                return false;
            offset += part;
            count -= part;
        }
        return true;
    }
}
