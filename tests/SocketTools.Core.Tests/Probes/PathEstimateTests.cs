using System;
using System.Diagnostics;

namespace SocketTools.Tests;

public sealed class PathEstimateTests
{
    [Fact]
    public void Before_the_first_answer_it_waits_half_a_second() => Assert.Equal(500, TimeoutMs(new PathEstimate()), 1.0);

    [Fact]
    public void A_steady_round_trip_becomes_the_wait_but_never_less_than_the_floor()
    {
        Assert.Equal(300, TimeoutMs(Learned(300, answers: 1000)), 5.0);
        Assert.Equal(100, TimeoutMs(Learned(0.02, answers: 1000)), 1.0);
    }

    [Fact]
    public void A_round_trip_that_varies_is_given_more_time()
    {
        var path = new PathEstimate();
        for (var i = 0; i < 1000; i++)
            path.Learn(1, i % 2 == 0 ? 100 : 300);

        Assert.InRange(TimeoutMs(path), 400, 700);
    }

    [Fact]
    public void For_a_share_of_the_time_the_margin_shrinks_but_not_what_answers_take()
    {
        var path = new PathEstimate();
        path.Learn(1, 200);

        Assert.Equal(600, TimeoutMs(path), 1.0);
        Assert.Equal(400, TimeoutMs(path, shareMs: 400), 1.0);
        Assert.Equal(300, TimeoutMs(path, shareMs: 50), 1.0);
    }

    [Fact]
    public void An_answer_that_was_found_late_tells_of_the_loss_only()
    {
        var path = new PathEstimate();
        for (var i = 0; i < 1000; i++)
            path.Learn(2, null);

        Assert.Equal(500, TimeoutMs(path), 1.0);
        Assert.True(path.TriesForSilence > 20);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2_000, 5)]
    [InlineData(10_000, 7)]
    [InlineData(40_000, 13)]
    public void Silence_is_believed_when_a_false_one_is_rarer_than_one_in_ten_million(int answersThatTookTwoTries, int tries)
    {
        const int answers = 100_000;
        var path = new PathEstimate();
        for (var i = 0; i < answers; i++)
            path.Learn(i < answersThatTookTwoTries ? 2 : 1, 50);

        var loss = answersThatTookTwoTries / (double)(answers + answersThatTookTwoTries);
        Assert.InRange(path.TriesForSilence, 2, tries + 1);
        Assert.True(Math.Pow(loss, path.TriesForSilence) <= 1e-7);
    }

    [Fact]
    public void A_way_of_which_nothing_is_known_is_not_believed_lossless() => Assert.True(new PathEstimate().TriesForSilence >= 5);

    private static PathEstimate Learned(double ms, int answers)
    {
        var path = new PathEstimate();
        for (var i = 0; i < answers; i++)
            path.Learn(1, ms);
        return path;
    }

    private static double TimeoutMs(PathEstimate path, double shareMs = 1e6) =>
        path.TimeoutWithin((long)(shareMs * Stopwatch.Frequency / 1000)) * 1000.0 / Stopwatch.Frequency;
}
