using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SocketTools;

/// <summary>The names in this system's hosts file (hosts(5)).</summary>
internal static class HostsFile
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Every name with its address, as the file has them; none when it is absent or may not be read.</summary>
    public static IEnumerable<(string Name, string Address)> Read(string path) =>
        LinesOf(path).Select(static line => line.Split(['#'], 2)[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(static words => words.Skip(1).Select(name => (name, words[0])));

    private static IEnumerable<string> LinesOf(string path)
    {
        try
        {
            return File.ReadLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
