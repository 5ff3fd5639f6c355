using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using SocketTools.Tests;

namespace SocketTools.Bench;

/// <summary>Reads answers of one shape and two sizes, in pieces as large as a packet.</summary>
[MemoryDiagnoser]
public class ParserBench
{
    private byte[] _answer = [];

    /// <summary>The smaller size, and how many times that the larger one is.</summary>
    public const int Little = 64;
    public const int Growth = 8;

    [Params(Little, Little * Growth)]
    public int Kilobytes { get; set; }

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    public static IEnumerable<string> Shapes => AnswerShapes.Names;

    [GlobalSetup]
    public void Setup() => _answer = AnswerShapes.Make(Shape, Kilobytes * 1024);

    [Benchmark]
    public int Read() => AnswerShapes.Read(_answer);
}
