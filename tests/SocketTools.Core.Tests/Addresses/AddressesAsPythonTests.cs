using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>What Python's socket and ipaddress modules say of many addresses.</summary>
public sealed class AddressesAsPythonTests
{
    // Old forms too: inet_aton takes them.
    private const string Script = """
        import ipaddress, random, socket
        random.seed(4)
        def line(*fields): print(*fields, sep='\t')
        def address(a):
            line('address', socket.inet_ntop(socket.AF_INET6 if a.version == 6 else socket.AF_INET, a.packed), a.exploded, a.reverse_pointer, int(a))
        for i in range(400): address(ipaddress.IPv4Address(random.getrandbits(32)))
        for i in range(400): address(ipaddress.IPv6Address(random.getrandbits(128)))
        for i in range(400): address(ipaddress.IPv6Address(bytes(random.choice([0, 0, 0, 1, 255]) for _ in range(16))))
        for i in range(400):
            n = ipaddress.ip_interface((random.getrandbits(32), random.randrange(0, 33))).network
            line('network', n, n.netmask, n.hostmask, n.num_addresses)
            n = ipaddress.ip_interface((random.getrandbits(96) << 32, random.randrange(0, 129))).network
            line('network', n, n.netmask, n.hostmask, n.num_addresses)
        parts = ['0', '1', '7', '08', '010', '0x10', '0X7f', '255', '256', '65535', '65536', '16777216', '4294967295', '4294967296', '', 'a', '0x', '-1', '00']
        for i in range(2000):
            text = '.'.join(random.choice(parts) for _ in range(random.randrange(1, 6)))
            try: line('aton', text, socket.inet_ntoa(socket.inet_aton(text)))
            except OSError: line('aton', text, 'refused')
        """;

    [Fact]
    public async Task They_are_what_Python_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the C library's inet_aton, as Linux has it");

        var lines = await RunPython();
        var differences = lines.Select(static line => (Line: line, Ours: Ours(line.Split('\t')))).Where(static pair => pair.Line != pair.Ours).ToList();

        Assert.Empty(differences);
        Assert.NotEmpty(lines);
    }

    private static string Ours(string[] fields)
    {
        var info = fields[0] == "aton" ? null : IPAddressInfo.Parse(fields[0] == "address" ? fields[2] : fields[1]);
        string[] ours = fields[0] switch
        {
            "address" => [TextOf(info!, fields[1]), info!.Expanded, info.ReverseName, $"{info.Number}"],
            "network" => [info!.Network!, info.Netmask!, info.WildcardMask!, $"{info.AddressCount}"],
            _ => [fields[1], ReadOldForm(fields[1])],
        };
        return string.Join('\t', ours.Prepend(fields[0]));
    }

    // .NET also writes the IPv4 address in what looks like ISATAP (RFC 5214), which is as good.
    private static string TextOf(IPAddressInfo info, string expected) =>
        info.Address != expected && info.Address.Contains('.', StringComparison.Ordinal) && IPAddress.Parse(info.Address).Equals(IPAddress.Parse(expected)) ? expected : info.Address;

    private static string ReadOldForm(string text)
    {
        try
        {
            return AddressInput.Parse(text).Address.ToString();
        }
        catch (FormatException)
        {
            return "refused";
        }
    }

    private static async Task<string[]> RunPython()
    {
        var start = new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardOutput = true };
        try
        {
            using var python = Process.Start(start)!;
            var output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, python.ExitCode);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on PATH");
            throw;
        }
    }
}
