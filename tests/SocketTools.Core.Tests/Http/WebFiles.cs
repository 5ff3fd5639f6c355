using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>A folder with the files that web servers serve: nothing, text that compresses, and bytes that do not.</summary>
internal sealed class WebFiles : IDisposable
{
    public WebFiles()
    {
        Folder = Directory.CreateTempSubdirectory("socket-tools-web-").FullName;
        // Servers that are started by root work as somebody else.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(Html);
        File.WriteAllText(Path.Combine(Html, "empty.txt"), "");
        File.WriteAllText(Path.Combine(Html, "text.txt"), string.Concat(Enumerable.Range(0, 40_000).Select(static i => i.ToString(CultureInfo.InvariantCulture) + "\n")));
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(Html, "random.bin"), bytes);
        // Of a file that was just written some servers are not sure, and its tag changes a second later.
        foreach (var file in Directory.GetFiles(Html))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
    }

    /// <summary>The folder, with room for what a server needs of its own.</summary>
    public string Folder { get; }

    /// <summary>What is served.</summary>
    public string Html => Path.Combine(Folder, "html");

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
