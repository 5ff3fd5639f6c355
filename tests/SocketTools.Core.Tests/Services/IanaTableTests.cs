using System;
using System.IO;
using System.Linq;
using System.Text;

namespace SocketTools.Tests;

public sealed class IanaTableTests
{
    private const int MaximumTableBytes = 250_000;

    [Theory]
    [InlineData(21, "ftp")]
    [InlineData(22, "ssh")]
    [InlineData(23, "telnet")]
    [InlineData(25, "smtp")]
    [InlineData(53, "domain")]
    [InlineData(80, "http")]
    [InlineData(389, "ldap")]
    [InlineData(443, "https")]
    [InlineData(465, "submissions")]
    [InlineData(631, "ipp")]
    [InlineData(2049, "nfs")]
    [InlineData(3306, "mysql")]
    [InlineData(3389, "ms-wbt-server")]
    [InlineData(3478, "stun")]
    [InlineData(5432, "postgresql")]
    [InlineData(6000, "x11")]
    [InlineData(6063, "x11")]
    [InlineData(6379, "redis")]
    [InlineData(8080, "http-alt")]
    public void A_well_known_port_has_the_name_people_know(int port, string name)
    {
        Assert.Equal(name, ServicesText.IanaOnly.NameOf(port, TransportProtocol.Tcp));
        Assert.Contains(ServicesText.IanaOnly.FindByName(name), service => service.Port == port);
    }

    [Theory]
    [InlineData("http 80/tcp [www www-http] 'World Wide Web HTTP' Iana")]
    [InlineData("http 80/udp [www www-http] 'World Wide Web HTTP' Iana")]
    [InlineData("syslog 514/udp [] '' Iana")]
    [InlineData("udt-os 1382/tcp [udt_os] 'udt_os' Iana")]
    [InlineData("flex-lm 27009/tcp [] 'FLEX LM (1-10)' Iana")]
    [InlineData("vision-mon 4413/tcp [] 'FORT\u00c9 Vision Monitoring platform' Iana")]
    public void An_entry_says_all_that_Iana_says(string expected) =>
        Assert.Contains(expected, ServicesText.IanaOnly.All.Show());

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(49152)]
    [InlineData(65535)]
    public void An_unassigned_or_reserved_port_has_no_service(int port)
    {
        Assert.Null(ServicesText.IanaOnly.FindByPort(port, TransportProtocol.Tcp));
        Assert.Null(ServicesText.IanaOnly.FindByPort(port, TransportProtocol.Udp));
    }

    [Fact]
    public void Several_services_of_one_port_stay_several() => Assert.Equal(
        ["submissions", "urd"],
        ServicesText.IanaOnly.FindAllByPort(465, TransportProtocol.Tcp).Select(service => service.Name));

    [Fact]
    public void Every_line_of_the_table_is_an_entry_in_the_order_of_ports()
    {
        var table = ServiceSources.ReadIana();
        var lines = Encoding.UTF8.GetString(table).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(line => line[0] != '#');
        var rows = ServicesFile.Parse(table, ServiceOrigin.Iana);

        Assert.Equal(lines, rows.Count);
        Assert.Equal(rows.OrderBy(row => row.FirstPort), rows);
        Assert.InRange(ServicesText.IanaOnly.All.Count, 11_000, 20_000);
        Assert.All(ServicesText.IanaOnly.All, service => Assert.All(
            service.Aliases.Append(service.Name).Append(service.Description),
            text => Assert.DoesNotContain(text, c => char.IsControl(c))));
    }

    [Fact]
    public void The_table_stays_small() => Assert.InRange(ServiceSources.ReadIana().Length, 1, MaximumTableBytes);

    [Fact]
    public void A_system_database_that_cannot_be_read_is_no_error()
    {
        var folder = Path.GetTempPath();

        Assert.Empty(ServiceSources.ReadSystem(Path.Combine(folder, Guid.NewGuid().ToString("N"), "services")));
        Assert.Empty(ServiceSources.ReadSystem(folder));
    }
}
