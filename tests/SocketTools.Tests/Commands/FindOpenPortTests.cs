using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace SocketTools.Tests;

public sealed class FindOpenPortTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly PowerShellSession _session = new();
    private readonly LoopbackPort _open = LoopbackPort.Open();
    private readonly LoopbackPort _closed = LoopbackPort.Closed();

    public void Dispose()
    {
        _session.Dispose();
        _open.Dispose();
        _closed.Dispose();
    }

    [Fact]
    public void A_host_is_one_report()
    {
        var report = _session.Run($"Find-OpenPort 127.0.0.1 {_open.Number},{_closed.Number}").Only<PortScanReport>();

        Assert.Equal(("127.0.0.1", "127.0.0.1"), (report.ComputerName, report.Address));
        Assert.Equal((HostState.Up, Reason.Connected), (report.HostState, report.HostReason));
        Assert.Equal(_open.Number, Assert.Single(report.OpenPorts).Port);
        Assert.Equal((1, 1, 0, 0, 2), (report.OpenCount, report.ClosedCount, report.FilteredCount, report.UnknownCount, report.PortsScanned));
        Assert.Empty(report.Results);
        Assert.Equal(Environment.MachineName, report.Source);
    }

    // At an address where no test has a server that a connect of this one would reach.
    [Theory]
    [InlineData("", 1000)]
    [InlineData("-TopPorts 10", 10)]
    [InlineData("-TopPorts 1", 1)]
    [InlineData("-Port 1-20", 20)]
    [InlineData("1-20 -ExcludePort 5-9", 15)]
    [InlineData("-TopPorts 100 -ExcludePort 1-65535 -ErrorAction SilentlyContinue", 0)]
    public void The_most_used_ports_are_tried_unless_others_are_given(string arguments, int count)
    {
        var run = _session.Run($"Find-OpenPort 127.8.8.1 {arguments}");
        var reports = run.Output.Select(static o => (PortScanReport)o.BaseObject);

        Assert.Equal(count, reports.Sum(static r => r.PortsScanned));
    }

    [Fact]
    public void A_port_of_the_host_goes_before_the_most_used_ones_and_that_of_a_piped_object_does_not()
    {
        Assert.Equal(1, _session.Run($"Find-OpenPort 127.0.0.1:{_open.Number} -TopPorts 10").Only<PortScanReport>().PortsScanned);
        Assert.Equal(10, _session.Run($"Test-TcpPort 127.0.0.1 {_open.Number} | Find-OpenPort -TopPorts 10").Only<PortScanReport>().PortsScanned);
    }

    [Theory]
    [InlineData("Find-OpenPort 127.0.0.1:{0}")]
    [InlineData("Find-OpenPort http://127.0.0.1:{0}/path")]
    [InlineData("Find-OpenPort -Cn 127.0.0.1 -Port {0}")]
    [InlineData("'127.0.0.1' | Find-OpenPort -Port {0}")]
    [InlineData("[pscustomobject]@{{ ComputerName = '127.0.0.1'; Port = {0} }} | Find-OpenPort")]
    [InlineData("Find-OpenPort ([pscustomobject]@{{ ComputerName = '127.0.0.1'; Port = {0} }})")]
    [InlineData("Test-TcpPort 127.0.0.1 {0} | Find-OpenPort")]
    [InlineData("Find-OpenPort 127.0.0.1 {0} | Find-OpenPort -Port {0}")]
    public void Hosts_and_ports_are_given_as_everywhere(string script)
    {
        var report = _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _open.Number)).Only<PortScanReport>();

        Assert.Equal(_open.Number, Assert.Single(report.OpenPorts).Port);
        Assert.Equal(1, report.PortsScanned);
    }

    [Fact]
    public void Every_port_has_a_row_with_IncludeAll()
    {
        var report = _session.Run($"Find-OpenPort 127.0.0.1 1-50,{_open.Number} -IncludeAll").Only<PortScanReport>();

        Assert.Equal([.. Enumerable.Range(1, 50), _open.Number], report.Results.Select(static r => r.Port));
    }

    [Fact]
    public void Its_open_ports_go_into_other_cmdlets()
    {
        var result = _session.Run($"Find-OpenPort 127.0.0.1 {_open.Number},{_closed.Number} | ForEach-Object OpenPorts | Test-TcpPort").Only<TcpPortResult>();

        Assert.Equal((_open.Number, PortState.Open), (result.Port, result.State));
    }

    [Fact]
    public void Hosts_of_a_block_are_looked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        var run = _session.Run($"Find-OpenPort 127.0.0.0/28 {_open.Number} -Verbose");
        var reports = run.All<PortScanReport>();

        Assert.Equal(16, reports.Select(static r => r.ComputerName).Distinct().Count());
        Assert.All(reports, static r => Assert.Equal(HostState.Up, r.HostState));
        Assert.Equal("127.0.0.1", Assert.Single(reports, static r => r.OpenCount == 1).ComputerName);
        Assert.Contains(run.Verbose, static v => v.StartsWith("Probing with ", StringComparison.Ordinal));
        Assert.Contains(run.Verbose, static v => v.StartsWith("Looking for hosts ", StringComparison.Ordinal));
    }

    [Fact]
    public void Discovery_and_names_can_be_left_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        var run = _session.Run($"Find-OpenPort 127.0.0.0/30 {_closed.Number} -SkipHostDiscovery -SkipReverseLookup -Verbose");

        Assert.All(run.All<PortScanReport>(), static r => Assert.Equal((HostState.Up, Reason.ConnectionRefused, null), (r.HostState, r.HostReason, r.HostName)));
        Assert.DoesNotContain(run.Verbose, static v => v.StartsWith("Looking for hosts ", StringComparison.Ordinal));
    }

    [Fact]
    public void Hosts_of_a_block_that_are_not_up_are_told_of_once()
    {
        var run = _session.Run("Find-OpenPort 127.0.0.0/29 80 -IPv6 6>&1");

        var told = Assert.IsType<InformationRecord>(Assert.Single(run.Output).BaseObject);
        Assert.StartsWith("8 of 8 hosts were not found up (NoAddress 8)", told.MessageData.ToString());
        Assert.Empty(run.Warnings);

        var reports = _session.Run("Find-OpenPort 127.0.0.0/29 80 -IPv6 -IncludeDown 6>&1").All<PortScanReport>();
        Assert.Equal(8, reports.Length);
        Assert.All(reports, static r => Assert.Equal((HostState.Unknown, Reason.NoAddress, 0), (r.HostState, r.HostReason, r.PortsScanned)));
        Assert.Equal(8, _session.Run("Find-OpenPort 127.0.0.0/29 80 -IPv6 -IncludeAll 6>&1").All<PortScanReport>().Length);
    }

    [Fact]
    public void A_host_without_an_address_is_a_report_and_a_warning_and_ends_nothing()
    {
        var run = _session.Run($"$ErrorActionPreference = 'Stop'; '127.0.0.1', '::1' | Find-OpenPort -Port 80,81 -IPv6 -SkipReverseLookup; $ErrorActionPreference = 'Continue'");
        var reports = run.All<PortScanReport>();

        Assert.Equal(2, reports.Length);
        var unknown = reports.Single(static r => r.ComputerName == "127.0.0.1");
        Assert.Equal((HostState.Unknown, Reason.NoAddress), (unknown.HostState, unknown.HostReason));
        Assert.Equal((2, 0), (unknown.UnknownCount, unknown.PortsScanned));
        Assert.Contains("127.0.0.1", Assert.Single(run.Warnings));
    }

    [Theory]
    [InlineData("Find-OpenPort 127.0.0.1 0", "ParameterArgumentTransformationError")]
    [InlineData("Find-OpenPort 127.0.0.1 -TopPorts 0", "ParameterArgumentValidationError")]
    [InlineData("Find-OpenPort 127.0.0.1 -TopPorts 1001", "ParameterArgumentValidationError")]
    [InlineData("Find-OpenPort 127.0.0.0/33", "ParameterArgumentTransformationError")]
    [InlineData("Find-OpenPort 127.0.0.1 -Port 22 -TopPorts 10", "AmbiguousParameterSet")]
    [InlineData("Find-OpenPort 127.0.0.1 22 -ExcludePort 22", "PortMissing")]
    public void Bad_arguments_are_refused(string script, string id) =>
        Assert.StartsWith(id, Assert.Single(_session.Run(script).Errors).FullyQualifiedErrorId);

    [Fact]
    public void The_first_reports_are_enough_for_who_wants_no_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        // All of it would be sixteen million hosts.
        var run = _session.Run($"foreach ($once in 1) {{ Find-OpenPort 127.0.0.0/8 {_closed.Number} | ForEach-Object {{ $_; if (++$n -eq 2) {{ break }} }} }}");

        Assert.Equal(2, run.All<PortScanReport>().Length);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_at_once()
    {
        using var silent = new SilentPort();
        var fastest = TimeSpan.MaxValue;
        // The fastest of some: other processes on the machine may take the processor away from most of them.
        for (var i = 0; i < 20 && fastest > Soon; i++)
        {
            using var shell = _session.Prepare($"Find-OpenPort 127.0.0.1 {silent.Number} -TimeoutMilliseconds 60000 -Verbose");
            var probing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.Streams.Verbose.DataAdded += (_, _) => probing.TrySetResult();
            var running = shell.BeginInvoke();
            await probing.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            shell.Stop();
            fastest = clock.Elapsed < fastest ? clock.Elapsed : fastest;
            Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        }

        Assert.InRange(fastest, TimeSpan.Zero, Soon);
    }
}
