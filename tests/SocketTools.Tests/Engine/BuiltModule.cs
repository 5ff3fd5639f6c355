using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SocketTools.Tests;

/// <summary>The built module, as the manifest loads it, for the target that this test project is compiled against.</summary>
internal static class BuiltModule
{
    private static readonly Lazy<string> LazyManifest = new(Stage);

    /// <summary>The folder of the checkout.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The module's target framework.</summary>
    public static string Target { get; } = typeof(BuiltModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "ModuleTarget").Value!;

    /// <summary>The manifest to import: the checkout's own, or for .NET Standard a copy that names that build, which the
    /// checkout's manifest takes on Windows PowerShell only.</summary>
    public static string Manifest => LazyManifest.Value;

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SocketTools.psd1")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No SocketTools.psd1 above the tests.");
        return folder;
    }

    private static string Stage()
    {
        var manifest = Path.Combine(Repository, "SocketTools.psd1");
        if (Target == "net8.0")
            return manifest;
        var stage = Path.Combine(AppContext.BaseDirectory, "SocketTools");
        foreach (var folder in new[] { "lib", "en-US" })
            Copy(Path.Combine(Repository, folder), Path.Combine(stage, folder));
        var staged = Path.Combine(stage, "SocketTools.psd1");
        File.WriteAllText(
            staged,
            Regex.Replace(File.ReadAllText(manifest), @"(?m)^(\s*RootModule\s*=).*$", $"$1 'lib/{Target}/SocketTools.dll'"));
        return staged;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
