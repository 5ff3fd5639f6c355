using System;
using System.IO;
using PublicApiGenerator;

namespace SocketTools.Tests;

public sealed class PublicApiTests
{
    /// <summary>Whoever changes the public API on purpose copies the received text over the approved one.</summary>
    [Fact]
    public void The_public_API_is_the_approved_one()
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "PublicApi.approved.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, typeof(TcpPortResult).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }));

        Assert.Equal(File.ReadAllText(approved), File.ReadAllText(received), ignoreLineEndingDifferences: true);
    }
}
