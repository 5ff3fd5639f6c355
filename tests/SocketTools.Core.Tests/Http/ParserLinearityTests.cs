using System;
using System.Diagnostics;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>Reading an answer costs by its bytes alone, whatever their shape.</summary>
public sealed class ParserLinearityTests
{
    private const int Some = 64 * 1024;
    private const int Growth = 8;
    private const double Slack = 1.5;

    public static TheoryData<string> Shapes { get; } = [.. AnswerShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Steps_and_memory_grow_as_the_bytes_do(string shape)
    {
        var (little, much) = (AnswerShapes.Make(shape, Some), AnswerShapes.Make(shape, Growth * Some));
        var (steps, memory) = CostOf(little);
        var (moreSteps, moreMemory) = CostOf(much);

        Assert.InRange(moreSteps, 1, Growth * Slack * steps);
        Assert.InRange(moreMemory, 0, Growth * Slack * memory);
        // An object for a header, a chunk, a head: some tens of bytes for the shortest.
        Assert.InRange(moreMemory, 0, 24.0 * much.Length);
    }

    // The work itself cannot be counted, but what is not linear takes sixty-four times as long.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Time_grows_about_as_the_bytes_do(string shape)
    {
        var (little, much) = (AnswerShapes.Make(shape, Some), AnswerShapes.Make(shape, Growth * Some));
        AnswerShapes.Read(much);
        var ratio = double.MaxValue;
        // Others may use the machine at the time: they can make a run slower, never faster.
        for (var i = 0; i < 20 && ratio > 2 * Growth; i++)
            ratio = Math.Min(ratio, BestOf(1 + (i / 4), much) / BestOf(5 + i, little));
        Assert.InRange(ratio, 0, 3 * Growth);
    }

    private static (int Steps, long Bytes) CostOf(byte[] answer)
    {
        AnswerShapes.Read(answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var steps = AnswerShapes.Read(answer);
        return (steps, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double BestOf(int runs, byte[] answer) => Enumerable.Range(0, runs).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        AnswerShapes.Read(answer);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    });
}
