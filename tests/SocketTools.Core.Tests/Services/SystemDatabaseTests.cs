using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
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

    private const string ProtocolScript = """
        import socket
        for line in open('/etc/protocols', encoding='utf-8', errors='replace'):
            fields = line.split('#')[0].split()
            for name in fields[:1] + fields[2:]:
                print(name, socket.getprotobyname(name), sep='\t')
        """;

    [Fact]
    public async Task It_says_what_the_C_library_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/services"), "needs Linux with /etc/services");

        var registry = new ServiceRegistry(ServiceSources.ReadSystem(SystemFiles.Services), []);
        var differences = new List<string>();
        var lines = await RunPython(Script);
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

    [Fact]
    public async Task Protocols_have_the_C_library_s_numbers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/protocols"), "needs Linux with /etc/protocols");

        var registry = new ProtocolRegistry(ServiceSources.ReadSystem(SystemFiles.Protocols), []);
        var lines = await RunPython(ProtocolScript);

        Assert.All(lines, line => Assert.Equal(line, $"{line.Split('\t')[0]}\t{registry.FindByName(line.Split('\t')[0]).First().Number}"));
        Assert.NotEmpty(lines);
    }

    private static async Task<string[]> RunPython(string script)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
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
