using System;
using System.IO;

namespace SocketTools.Bench;

/// <summary>A C program of the folder Peers, compiled when it is first needed.</summary>
internal sealed class CProgram
{
    private readonly string _source;
    private readonly Lazy<string> _path;

    public CProgram(string name)
    {
        _source = Peer(name + ".c");
        _path = new Lazy<string>(Compile);
    }

    /// <summary>Why it cannot be compiled here, or null.</summary>
    public static string? Missing => Tool.Find("cc") is null ? "no C compiler (cc) is installed" : null;

    public string Path => _path.Value;

    public static string Peer(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Peers", file);

    private string Compile()
    {
        var program = System.IO.Path.ChangeExtension(_source, null);
        if (File.GetLastWriteTimeUtc(program) < File.GetLastWriteTimeUtc(_source))
            Tool.Run(Tool.Find("cc")!, $"-O2 -pthread -o {program} {_source}");
        return program;
    }
}

/// <summary>The program that shows what the system allows.</summary>
internal static class LimitProgram
{
    public const string Name = "the limit (C)";

    private static readonly CProgram Program = new("limit");

    public static Contender Contender(string firstAddress, int hosts, int firstPort, int ports) => new(
        Name,
        CProgram.Missing,
        _ => Tool.ReadLines(Tool.Run(Program.Path, $"{firstAddress} {hosts} {firstPort} {ports} {Environment.ProcessorCount}"), double.NaN));
}

/// <summary>The program that puts another at one end of a slow and lossy link, which the tests use too.</summary>
internal static class LinkProgram
{
    public const string FarAddress = "10.77.0.2";

    private static readonly CProgram Program = new("link");
    private static readonly Lazy<string?> LazyMissing = new(FindObstacle);

    /// <summary>Why no link can be made here, or null.</summary>
    public static string? Missing => LazyMissing.Value;

    public static string Path => Program.Path;

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || CProgram.Missing is not null)
            return CProgram.Missing ?? "only Linux has network namespaces";
        try
        {
            Tool.Run(Program.Path, "true");
            return null;
        }
        catch (InvalidOperationException)
        {
            return "no network of its own can be made here";
        }
    }
}
