using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SocketTools.Tests;

/// <summary>Runs one job of the core: <c>JOB ARGUMENTS...</c>. It prints <c>JOB: what it saw</c>; where it fails, it
/// ends with 1 and the exception on standard error.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<string[], Task<string>>> Jobs = new()
    {
        ["scan"] = ProbeJobs.ScanAsync,
        ["find"] = ProbeJobs.FindAsync,
        ["wait"] = ProbeJobs.WaitAsync,
        ["latency"] = ProbeJobs.MeasureAsync,
        ["udp"] = ProbeJobs.ScanUdpAsync,
        ["host"] = NameJobs.LookUpAsync,
        ["dns"] = NameJobs.AskAsync,
        ["service"] = NameJobs.FindService,
        ["protocol"] = NameJobs.FindProtocol,
        ["address"] = NameJobs.Describe,
        ["client"] = ClientJobs.TalkAsync,
        ["http"] = ClientJobs.GetAsync,
        ["tls"] = ClientJobs.LookAtTlsAsync,
        ["tls-versions"] = ClientJobs.AskForVersionsAsync,
        ["server"] = ServerJobs.ServeAsync,
    };

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            var rest = new string[arguments.Length - 1];
            Array.Copy(arguments, 1, rest, 0, rest.Length);
            Console.WriteLine($"{arguments[0]}: {await Jobs[arguments[0]](rest)}");
            return 0;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"{arguments[0]}: {error}");
            return 1;
        }
    }
}
