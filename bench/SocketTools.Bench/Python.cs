namespace SocketTools.Bench;

/// <summary>The scanners of a course on Python sockets.</summary>
internal static class Python
{
    public static Command OneByOne(string address, int first, int last) =>
        new("Python, one by one", "python3", $"{CProgram.Peer("sequential.py")} {address} {first} {last}", Tool.ReadLines);

    public static Command Threads(string address, int first, int last) =>
        new("Python, a thread a port", "python3", $"{CProgram.Peer("threads.py")} {address} {first} {last}", Tool.ReadLines);
}
