namespace SocketTools.Tests;

public class T
{
    [Fact]
    public void Good() => Assert.Equal(3, new A(3).X);
    [Fact]
    public void Skipped() => Assert.Skip("no pwsh on PATH");
    [Theory, InlineData("a"), InlineData("b")]
    public void Sk(string x) => Assert.Skip("no pwsh on PATH" + x);
}
