using System;
using System.IO;

namespace SocketTools.Runner.Tests;

/// <summary>A script in a folder of its own, whose name has what a shell and PowerShell would trip over.</summary>
internal sealed class ScriptFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("it's a [folder] ");

    internal ScriptFile(string text)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "my script.ps1");
        File.WriteAllText(Path, text);
    }

    internal string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
