using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools.Runner;

/// <summary>What the user types; Ctrl+C ends the wait for it.</summary>
internal sealed class Keyboard(Screen screen)
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Stop() => _stopped.TrySetResult();

    /// <summary>Refuses before the question is written, so that a log does not end in an unanswered one.</summary>
    internal static void Demand()
    {
        if (!Terminal.HasKeyboard)
        {
            throw new HostException(
                "Nobody can be asked, because standard input or output is not a terminal. Give every mandatory"
                    + " parameter, and -Confirm:$false where a confirmation would be asked for.",
                null,
                "NotInteractive",
                ErrorCategory.ResourceUnavailable);
        }
    }

    internal string ReadLine()
    {
        var line = Wait(Console.ReadLine);
        screen.LineEntered();
        return line ?? throw new HostException(
            "The terminal ended the input.", null, "EndOfInput", ErrorCategory.ReadError);
    }

    internal ConsoleKeyInfo ReadKey(bool intercept) => Wait(() => Console.ReadKey(intercept));

    internal SecureString ReadSecret()
    {
        var secret = new SecureString();
        while (ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                if (secret.Length == 0)
                    continue;
                secret.RemoveAt(secret.Length - 1);
                screen.Write(Console.Out, "\b \b");
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
                screen.Write(Console.Out, "*");
            }
        }
        screen.Write(Console.Out, Environment.NewLine);
        secret.MakeReadOnly();
        return secret;
    }

    private T Wait<T>(Func<T> read)
    {
        Demand();
        screen.EraseProgress();
        // A read from the terminal cannot be cancelled; it is left behind, and the process ends with it.
        var reading = Task.Factory.StartNew(
            read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny(reading, _stopped.Task) == 1)
        {
            screen.Write(Console.Out, Environment.NewLine);
            throw new PipelineStoppedException();
        }
        return reading.GetAwaiter().GetResult();
    }
}
