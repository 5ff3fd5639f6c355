using System;
using System.IO;
using System.Linq;

namespace SocketTools.Tests;

public sealed class TopPortsTests
{
    private const int MaximumListBytes = 8_000;

    [Fact]
    public void The_list_is_of_a_thousand_different_ports()
    {
        var ports = TopPorts.Take(TopPorts.Most).ToArray();

        Assert.Equal(1000, ports.Length);
        Assert.Equal(1000, ports.Distinct().Count());
        Assert.All(ports, static port => Assert.InRange(port, 1, 65535));
    }

    [Theory]
    [InlineData(5, 80, 443, 22)]
    [InlineData(20, 21, 23, 25, 53, 80, 110, 135, 139, 143, 443, 445, 3306, 3389, 5900, 8080, 8443)]
    [InlineData(100, 88, 111, 389, 465, 554, 587, 593, 636, 993, 995, 1433, 1521, 1723, 2049, 3000, 5432, 5985, 5986, 6379)]
    [InlineData(100, 515, 631, 1883, 2375, 2379, 3268, 5060, 5672, 6443, 8883, 9090, 9092, 9100, 9200, 10250, 11211, 27017)]
    [InlineData(200, 502, 548, 873, 1080, 2082, 3128, 3260, 5222, 5357, 5984, 6000, 7680, 8009, 8086, 8291, 32400, 49152, 49664)]
    [InlineData(1000, 102, 179, 512, 1194, 1688, 2404, 4369, 5666, 5938, 8172, 9418, 10050, 25565, 44818, 50070, 62078)]
    public void What_everybody_expects_is_among_the_first(int count, params int[] expected) =>
        Assert.Empty(expected.Except(TopPorts.Take(count)));

    [Fact]
    public void Fewer_ports_are_the_first_of_more()
    {
        var all = TopPorts.Take(TopPorts.Most).ToArray();

        for (var count = 1; count <= TopPorts.Most; count++)
            Assert.Equal(all.Take(count), TopPorts.Take(count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void There_are_no_fewer_than_one_and_no_more_than_all(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TopPorts.Take(count));

    [Fact]
    public void The_list_is_small_and_says_where_it_comes_from()
    {
        using var stream = typeof(TopPorts).Assembly.GetManifestResourceStream("SocketTools.Targets.top-ports.txt")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();

        Assert.InRange(stream.Length, 1, MaximumListBytes);
        Assert.StartsWith("# The TCP ports in order of use", text);
        Assert.Contains("tools/TopPorts.cs", text);
        Assert.Contains("licence", text);
    }
}
