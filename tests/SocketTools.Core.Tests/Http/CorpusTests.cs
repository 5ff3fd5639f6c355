using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using CsCheck;

namespace SocketTools.Tests;

/// <summary>Answers of the folder Corpus, whole and damaged: no input crashes the reading or makes it loop, and however it is cut it
/// gives the same, findings and their places too. An answer that once went wrong belongs there. What fails is told with the
/// seed that makes it again: <c>CsCheck_Seed=... dotnet run --project tests/SocketTools.Core.Tests -- -class "*CorpusTests"</c>.
/// <c>SOCKETTOOLS_FUZZ_ITERATIONS</c> sets how many answers are damaged.</summary>
public sealed class CorpusTests
{
    private const int LongestAnswer = 4096;

    private static readonly string[] Files =
    [
        .. Directory.GetFiles(typeof(CorpusTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "HttpCorpus").Value!)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly byte[][] Corpus = [.. Files.Select(File.ReadAllBytes)];

    private static readonly int Iterations =
        int.TryParse(Environment.GetEnvironmentVariable("SOCKETTOOLS_FUZZ_ITERATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 100_000;

    private static readonly HttpLimits Limits = new() { HeadBytes = 2000, Headers = 20, BodyBytes = 300, ExtensionBytes = 40 };

    private static readonly Gen<byte[]> Answer = Gen.Int[0, Corpus.Length - 1].Select(static index => Corpus[index]);

    private static readonly Gen<int[]> Cuts = Gen.Frequency((1, Gen.Const(Enumerable.Repeat(1, LongestAnswer).ToArray())), (4, Gen.Int[1, 30].Array[0, 60]));

    private static readonly Gen<string> Method = Gen.OneOf("GET", "GET", "HEAD", "CONNECT");

    private static readonly Gen<Damage> Damages = Gen.OneOf(
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 7]).Select(static (at, bit) => Damage.FlipBit(at, bit)),
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 40]).Select(static (at, count) => Damage.Delete(at, count)),
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 60], Gen.Int[1, 4]).Select(static (at, count, times) => Damage.Repeat(at, count, times)),
        Gen.Select(Gen.Double[0, 1], Gen.OneOf("\r", "\n", "\0", "\r\n", "\r\n\r\n", " ", "\t", ":", ";", ",", "=", "\"", "-", "+", "0x", "chunked", "gzip", "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 ", " folded\r\n")).Select(static (at, text) => Damage.Insert(at, text)),
        Gen.Select(Gen.Double[0, 1], Gen.OneOf("0", "1", "00", "2147483648", "4294967295", "9223372036854775807", "18446744073709551616", "7fffffffffffffff", "ffffffffffffffff", "-1", "1e3", "99999999999999999999999"))
            .Select(static (at, number) => Damage.EditNumber(at, number)),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Answer).Select(static (at, from, other) => Damage.Splice(at, from, other)),
        Gen.Select(Gen.Double[0, 1], Gen.Byte.Array[1, 8]).Select(static (at, bytes) => Damage.Overwrite(at, bytes)));

    [Fact]
    public void Has_answers_to_start_from() => Assert.True(Corpus.Length >= 40);

    [Fact]
    public void What_is_clean_has_no_findings() => Assert.All(
        // What follows 101 is of another protocol, which nobody speaks here.
        Files.Where(static file => Path.GetFileName(file) is var name && name.StartsWith("clean-", StringComparison.Ordinal) && name != "clean-switch.http"),
        static file =>
        {
            var read = ParsedResponse.Of(File.ReadAllBytes(file), []);
            Assert.Equal(("", true), (read.Findings, read.IsComplete));
        });

    [Fact]
    public void Every_split_in_two_gives_the_same() => Assert.All(Corpus, static bytes =>
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var whole = ParsedResponse.Of(bytes, [], method, Limits);
            for (var i = 1; i < bytes.Length; i++)
                Assert.Equal(whole, ParsedResponse.Of(bytes, [i], method, Limits));
        }
    });

    [Fact]
    public void Any_split_gives_the_same() => Gen.Select(Answer, Cuts, Method).Sample(static (bytes, cuts, method) => IsSteady(bytes, cuts, method), iter: 20_000);

    [Fact]
    public void Any_split_of_damaged_answers_gives_the_same() =>
        Gen.Select(Answer, Damages.Array[1, 6], Cuts, Method, Gen.Bool).Sample(
            static (bytes, damages, cuts, method, closes) => IsSteady(damages.Aggregate(bytes, Apply), cuts, method, closes), iter: Iterations);

    [Fact]
    public void Damage_is_real_and_ends_somewhere() => Gen.Select(Answer, Damages.Array[1, 6]).Sample(
        static (bytes, damages) => damages.Aggregate(bytes, Apply).Length <= LongestAnswer, iter: 10_000);

    // A damage of a damage can double it.
    private static byte[] Apply(byte[] bytes, Damage damage) => damage.Apply(bytes) is var after && after.Length > LongestAnswer ? after[..LongestAnswer] : after;

    private static bool IsSteady(byte[] bytes, int[] cuts, string method, bool closes = true)
    {
        var whole = ParsedResponse.Of(bytes, [], method, Limits, closes);
        return whole == ParsedResponse.Of(bytes, cuts, method, Limits, closes)
            && (!closes || whole.IsComplete || whole.Fault is not null)
            && (whole.Fault?.Offset ?? 0) <= Math.Max(bytes.Length, Limits.BodyBytes)
            && Ends(bytes, method);
    }

    // Each step but the last takes bytes or tells something new: as many steps as bytes, and some for heads and the end, are enough.
    private static bool Ends(byte[] bytes, string method)
    {
        var parser = new ResponseParser(method, Limits);
        var offset = 0;
        for (var steps = 0; steps <= (2 * bytes.Length) + 4; steps++)
        {
            var before = offset;
            var step = parser.Next(bytes, ref offset, bytes.Length);
            if (offset < before || offset > bytes.Length)
                return false;
            if (step is ResponseStep.End or ResponseStep.Wrong or ResponseStep.NeedMore)
                return step != ResponseStep.NeedMore || offset == bytes.Length;
        }
        return false;
    }
}
