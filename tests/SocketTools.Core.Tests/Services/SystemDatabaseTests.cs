using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class SystemDatabaseTests
{
    // Every port and name in the file, and what the C library says of each.
    private const string Script = """
        import socket
        def ask(call, *args):
            try: return call(*args)
            except OSError: return ''
        ports, names = set(), set()
        for line in open('/etc/services', encoding='utf-8', errors='replace'):
            fields = line.split('#')[0].split()
            if len(fields) > 1 and fields[1].split('/')[0].isdigit():
                ports.add(int(fields[1].split('/')[0]))
                names.update(fields[:1] + fields[2:])
        for protocol in 'tcp', 'udp':
            for port in sorted(ports):
                print('port', port, protocol, ask(socket.getservbyport, port, protocol), sep='\t')
            for name in sorted(names):
                print('name', name, protocol, ask(socket.getservbyname, name, protocol), sep='\t')
        """;

    [Fact]
    public async Task It_says_what_the_C_library_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/services"), "needs Linux with /etc/services");

        var registry = new ServiceRegistry(ServiceSources.ReadSystem(SystemFiles.Services), []);
        var differences = new List<string>();
        var lines = await RunPython();
        foreach (var line in lines)
        {
            var fields = line.Split('\t');
            var protocol = fields[2] == "tcp" ? TransportProtocol.Tcp : TransportProtocol.Udp;
            var ours = fields[0] == "port"
                ? registry.NameOf(int.Parse(fields[1], CultureInfo.InvariantCulture), protocol)
                : registry.FindByName(fields[1], protocol) is [var first, ..] ? $"{first.Port}" : null;
            if ((ours ?? "") != fields[3])
                differences.Add($"{line}: {ours}");
        }

        Assert.Empty(differences);
        Assert.NotEmpty(lines);
    }

    private static async Task<string[]> RunPython()
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
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
