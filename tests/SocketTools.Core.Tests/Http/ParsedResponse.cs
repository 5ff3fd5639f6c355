using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

/// <summary>What is made of an answer that comes in given pieces, in a form that compares by value.</summary>
internal sealed record ParsedResponse(
    string? Head, string Headers, string Trailers, string Body, int Interim, bool IsComplete, string Chunks, string AfterEnd, string Findings, ResponseFault? Fault)
{
    public static ParsedResponse Of(string latin1, string method = "GET", bool close = true, HttpLimits? limits = null) =>
        Of(Encoding.Latin1.GetBytes(latin1), [], method, limits, close);

    /// <param name="bytes">The stream.</param>
    /// <param name="cuts">How long each piece is; the last one takes the rest.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="close">Whether the stream ends after the bytes.</param>
    public static ParsedResponse Of(byte[] bytes, IEnumerable<int> cuts, string method = "GET", HttpLimits? limits = null, bool close = true)
    {
        var exchange = new HttpExchange(
            new RawHttpRequest(HttpUrl.Parse("http://127.0.0.1/")) { Method = method },
            new RawHttpOptions { Limits = limits ?? HttpLimits.Default }, new Deadline(int.MaxValue));
        var wire = new HttpWire(new CutStream(bytes, cuts, close));
        try
        {
            exchange.Receive(wire);
            exchange.TakeAfterEnd(Rest(wire));
        }
        catch (Exception error) when (error is SocketToolsException or TimeoutException)
        {
            // What came is looked at all the same.
        }
        var response = exchange.Response;
        return new ParsedResponse(
            response.IsComplete ? response.RawHead : null, response.Headers.ToString(), response.Trailers.ToString(),
            Encoding.Latin1.GetString(response.Body), response.InterimResponses.Length, response.IsComplete,
            string.Join(' ', response.Chunks.Select(static c => $"{c.Offset}:{c}")), Encoding.Latin1.GetString(response.DataAfterEnd),
            string.Join('\n', response.Findings.Select(static f => f.ToString())), exchange.Fault);
    }

    private static byte[] Rest(HttpWire wire)
    {
        byte[] rest = wire.TakeRest(int.MaxValue);
        try
        {
            while (wire.Fill() > 0)
                rest = [.. rest, .. wire.TakeRest(int.MaxValue)];
        }
        catch (TimeoutException)
        {
            // The peer stays, and is silent.
        }
        return rest;
    }
}
