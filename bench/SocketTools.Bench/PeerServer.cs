using System;
using System.Diagnostics;
using System.Globalization;

namespace SocketTools.Bench;

/// <summary>A server that clients are measured at, the same for all of them: a program that prints its port, and ends with its
/// input.</summary>
internal sealed class PeerServer : IDisposable
{
    private readonly Process _process;

    private PeerServer(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Port = int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Answers each line with a line; in Python, as the client that the others are measured against.</summary>
    public static PeerServer Reply() => new(Tool.Find("python3")!, CProgram.Peer("reply.py"));

    /// <summary>Sends so many bytes to who connects; in C, so that it is not what is measured.</summary>
    public static PeerServer Pour(long bytes) => new(new CProgram("pour").Path, bytes.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
