using System;
using System.Linq;

namespace SocketTools.Tests;

public sealed class LatencyStatisticsTests
{
    [Fact]
    public void The_figures_are_those_of_their_definitions()
    {
        var statistics = Of(4, 1, null, 2, 9);

        Assert.Equal((5, 4, 20.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.Equal((1.0, 4.0, 3.0, 9.0, 9.0), (statistics.MinMs, statistics.MeanMs, statistics.MedianMs, statistics.P95Ms, statistics.MaxMs));
        Assert.Equal((3 + 1 + 7) / 3.0, statistics.JitterMs);
        Assert.Equal([4, 1, null, 2, 9], statistics.Samples);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(21, 20)]
    [InlineData(100, 95)]
    [InlineData(101, 96)]
    public void The_95th_percentile_is_the_least_that_95_of_100_do_not_exceed(int count, double expected) =>
        Assert.Equal(expected, Of([.. Enumerable.Range(1, count).Reverse().Select(static n => (double?)n)]).P95Ms);

    [Theory]
    [InlineData(new double[] { 7 }, 7.0)]
    [InlineData(new double[] { 9, 1, 5 }, 5.0)]
    [InlineData(new double[] { 9, 1, 5, 4 }, 4.5)]
    public void The_median_is_in_the_middle(double[] samples, double expected) =>
        Assert.Equal(expected, Of([.. samples.Select(static n => (double?)n)]).MedianMs);

    [Fact]
    public void Without_answers_there_is_no_latency_and_never_a_zero()
    {
        var statistics = Of(null, null);

        Assert.Equal((2, 0, 100.0), (statistics.Sent, statistics.Received, statistics.LossPercent));
        Assert.All(
            new[] { statistics.MinMs, statistics.MeanMs, statistics.MedianMs, statistics.P95Ms, statistics.MaxMs, statistics.JitterMs },
            Assert.Null);
    }

    [Fact]
    public void Without_samples_there_is_no_loss_either()
    {
        var statistics = Of();

        Assert.Equal((0, 0, null, ""), (statistics.Sent, statistics.Received, statistics.LossPercent, statistics.Sparkline));
        Assert.Contains("nothing sent", statistics.ToString());
    }

    [Fact]
    public void One_answer_has_no_jitter()
    {
        Assert.Null(Of(3).JitterMs);
        Assert.Equal(0, Of(3, 3).JitterMs);
    }

    private static LatencyStatistics Of(params double?[] samples) =>
        new("host", "192.0.2.1", 80, PortState.Open, Reason.Connected, samples, DateTime.UtcNow);
}
