using System;
using System.IO;
using System.Linq;
using System.Reflection;
using CsCheck;

namespace SocketTools.Tests;

/// <summary>Answers of the folder Corpus, whole and damaged: no input crashes the reading or makes it loop, and however it is cut it
/// gives the same. An answer that once went wrong belongs there.</summary>
public sealed class CorpusTests
{
    private static readonly byte[][] Corpus =
    [
        .. Directory.GetFiles(
            typeof(CorpusTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "HttpCorpus").Value!)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    // What means something in an answer does more damage than other bytes.
    private static readonly Gen<byte[]> Snippet = Gen.OneOf(
        Gen.Byte.Array[0, 3],
        Gen.OneOf("\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", "\0", ":", ";", ",", "=", "\"", "0", "-", "+", "0x", "f", "ffffffffffffffff", "chunked", "gzip", "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 ", " folded\r\n").Select(static text => System.Text.Encoding.Latin1.GetBytes(text)));

    private static readonly Gen<(int At, int Removed, byte[] Added)> Mutation = Gen.Select(Gen.Int[0, 400], Gen.OneOf(Gen.Const(0), Gen.Int[0, 12]), Snippet);

    [Fact]
    public void Has_answers_to_start_from() => Assert.True(Corpus.Length >= 40);

    [Fact]
    public void Any_split_gives_the_same() => Gen.Select(Gen.Int[0, Corpus.Length - 1], Gen.Int[1, 30].Array[0, 60], Gen.OneOf("GET", "HEAD", "CONNECT")).Sample(
        static (index, cuts, method) => IsSteady(Corpus[index], cuts, method), iter: 20_000);

    [Fact]
    public void Any_split_of_damaged_answers_gives_the_same() =>
        Gen.Select(Gen.Int[0, Corpus.Length - 1], Gen.Int[0, Corpus.Length - 1], Mutation.Array[1, 5], Gen.Int[1, 30].Array[0, 60], Gen.OneOf("GET", "HEAD")).Sample(
            static (one, other, mutations, cuts, method) =>
            {
                var bytes = one % 3 == 0 ? [.. Corpus[one], .. Corpus[other]] : Corpus[one];
                return IsSteady(mutations.Aggregate(bytes, Damage), cuts, method);
            }, iter: 100_000);

    private static bool IsSteady(byte[] bytes, int[] cuts, string method)
    {
        var limits = new HttpLimits { HeadBytes = 2000, Headers = 20, BodyBytes = 300, ExtensionBytes = 40 };
        var whole = ParsedResponse.Of(bytes, [], method, limits);
        return whole == ParsedResponse.Of(bytes, cuts, method, limits) && (whole.IsComplete || whole.Fault is not null) && (whole.Fault?.Offset ?? 0) <= Math.Max(bytes.Length, 300);
    }

    private static byte[] Damage(byte[] bytes, (int At, int Removed, byte[] Added) mutation)
    {
        var at = Math.Min(mutation.At, bytes.Length);
        return [.. bytes[..at], .. mutation.Added, .. bytes[Math.Min(at + mutation.Removed, bytes.Length)..]];
    }
}
