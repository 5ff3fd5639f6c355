using System;
using System.Diagnostics;
using System.Globalization;

namespace SocketTools.Bench;

/// <summary>The server that clients are measured at, the same C program for all of them.</summary>
internal sealed class ReplyServer : IDisposable
{
    private readonly Process _process;

    /// <param name="bytes">How many bytes who connects to <see cref="PourPort"/> is sent.</param>
    public ReplyServer(long bytes)
    {
        _process = Process.Start(new ProcessStartInfo(new CProgram("reply").Path, [bytes.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var ports = _process.StandardOutput.ReadLine()!.Split(' ');
        AskPort = int.Parse(ports[0], CultureInfo.InvariantCulture);
        PourPort = int.Parse(ports[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Where each line is answered with a line.</summary>
    public int AskPort { get; }

    /// <summary>Where bytes come.</summary>
    public int PourPort { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
