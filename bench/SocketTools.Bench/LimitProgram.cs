using System;
using System.IO;

namespace SocketTools.Bench;

/// <summary>The C program that shows what the system allows, compiled when it is first needed.</summary>
internal static class LimitProgram
{
    public const string Name = "the limit (C)";

    private static readonly string Program = Path.Combine(Path.GetTempPath(), $"sockettools-limit-{Environment.ProcessId}");

    public static Contender Contender(string firstAddress, int hosts, int firstPort, int ports) => new(
        Name,
        Tool.Find("cc") is null ? "no C compiler (cc) is installed" : null,
        () =>
        {
            if (!File.Exists(Program))
                Tool.Run(Tool.Find("cc")!, $"-O2 -pthread -o {Program} {Path.Combine(AppContext.BaseDirectory, "Peers", "limit.c")}");
            return Tool.ReadLines(Tool.Run(Program, $"{firstAddress} {hosts} {firstPort} {ports} {Environment.ProcessorCount}"));
        });

    public static Outcome Read(string output, double seconds) => Tool.ReadLines(output) with { Seconds = seconds };

    public static void Delete() => File.Delete(Program);
}
