using System.Linq;

namespace SocketTools.Tests;

public sealed class SparklineTests
{
    [Fact]
    public void Values_are_blocks_from_the_least_to_the_greatest() =>
        Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([10, 20, 30, 40, 50, 60, 70, 80], 60));

    [Fact]
    public void Equal_values_are_low() => Assert.Equal("▁▁▁", Sparkline.Of([5, 5, 5], 60));

    [Fact]
    public void A_missing_value_is_a_cross() => Assert.Equal("▁×█", Sparkline.Of([1, null, 2], 60));

    [Fact]
    public void Only_missing_values_are_crosses() => Assert.Equal("××", Sparkline.Of([null, null], 60));

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal("", Sparkline.Of([], 60));

    [Fact]
    public void Many_values_are_condensed_to_the_greatest_of_each_group() =>
        Assert.Equal("▁█▁▅", Sparkline.Of([1, 1, 1, 9, 1, 1, 5], 4));

    [Fact]
    public void A_group_is_a_cross_when_a_quarter_of_it_is_missing() =>
        Assert.Equal("▁×▁", Sparkline.Of([1, null, 1, 1, 1, 1, null, null, 1, 1, 1, 1, 1, 1, 1], 3));

    [Theory]
    [InlineData(60, 60)]
    [InlineData(61, 31)]
    [InlineData(600, 60)]
    [InlineData(100_000, 60)]
    public void The_width_is_a_ceiling(int count, int length) =>
        Assert.Equal(length, Sparkline.Of([.. Enumerable.Range(0, count).Select(static n => (double?)n)], 60).Length);
}
