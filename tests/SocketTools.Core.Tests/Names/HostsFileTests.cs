using System;
using System.IO;

namespace SocketTools.Tests;

public sealed class HostsFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_name_has_the_address_of_its_line()
    {
        File.WriteAllText(_path, "# ours\n127.0.0.1\tlocalhost\n10.0.0.5  db1 db1.example.test # the old one\n\n ::1 localhost ip6-localhost\r\n10.0.0.6\n");

        Assert.Equal(
            [("localhost", "127.0.0.1"), ("db1", "10.0.0.5"), ("db1.example.test", "10.0.0.5"), ("localhost", "::1"), ("ip6-localhost", "::1")],
            HostsFile.Read(_path));
    }

    [Fact]
    public void A_file_that_is_absent_has_no_names() => Assert.Empty(HostsFile.Read(_path + ".absent"));
}
