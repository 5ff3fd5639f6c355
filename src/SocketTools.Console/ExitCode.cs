namespace SocketTools.Runner;

/// <summary>The exit codes of pwsh; 130 is the shells' code for a command that Ctrl+C ended.</summary>
internal static class ExitCode
{
    internal const int Success = 0;
    internal const int Failure = 1;
    internal const int BadArguments = 64;
    internal const int StartFailure = 70;
    internal const int Interrupted = 130;
}
