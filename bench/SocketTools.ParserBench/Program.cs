using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using SocketTools.Bench;

// dotnet run -c Release --project bench/SocketTools.ParserBench [-- options of BenchmarkDotNet]: what reading an answer costs by
// its bytes, whatever their shape. It takes about a minute.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(1).WithIterationCount(20)
    .WithIterationTime(TimeInterval.FromMilliseconds(25));
var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance)
    .WithOptions(ConfigOptions.DisableLogFile);
var summary = BenchmarkRunner.Run<ParserBench>(config, args);

var isLinear = true;
Console.WriteLine($"{"shape",-24}{"ns/byte",10}{"x 8",10}{"time x",8}{"B/byte",10}{"x 8",10}{"memory x",10}");
foreach (var shape in summary.Reports.Where(static r => r.ResultStatistics is not null).GroupBy(static r => (string)r.BenchmarkCase.Parameters[nameof(ParserBench.Shape)]))
{
    if (shape.OrderBy(static r => (int)r.BenchmarkCase.Parameters[nameof(ParserBench.Kilobytes)]).ToList() is not [var little, var much])
        continue;
    var (time, memory) = (Time(much) / Time(little), Memory(much) / Memory(little));
    var holds = time < 3 * ParserBench.Growth && memory < 1.5 * ParserBench.Growth;
    isLinear &= holds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shape.Key,-24}{PerByte(little, Time),10:0.00}{PerByte(much, Time),10:0.00}{time,8:0.0}{PerByte(little, Memory),10:0.00}{PerByte(much, Memory),10:0.00}{memory,10:0.0}{(holds ? "" : "  not linear")}"));
}
return isLinear ? 0 : 1;

// Others may use the machine: they make a run slower, never faster.
static double Time(BenchmarkReport report) => report.ResultStatistics!.Min;

static double Memory(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;

static double PerByte(BenchmarkReport report, Func<BenchmarkReport, double> cost) => cost(report) / ((int)report.BenchmarkCase.Parameters[nameof(ParserBench.Kilobytes)] * 1024);
