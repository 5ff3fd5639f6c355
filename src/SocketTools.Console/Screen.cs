using System;
using System.IO;
using System.Management.Automation;
using System.Threading;

namespace SocketTools.Runner;

/// <summary>The one way to the terminal: text in the order it came, progress bars kept below it.</summary>
internal sealed class Screen
{
    private const int MillisecondsBetweenDrawings = 100;
    private readonly Lock _gate = new();
    private readonly ProgressBars _bars = new();
    private bool _isAtLineStart = true;
    private int _linesDrawn;
    private long _lastDrawing = -MillisecondsBetweenDrawings;

    internal void Write(TextWriter writer, string text)
    {
        lock (_gate)
        {
            Erase();
            writer.Write(text);
            if (text.Length > 0)
                _isAtLineStart = text[^1] == '\n';
            DrawWhenDue();
        }
    }

    internal void Show(long sourceId, ProgressRecord record)
    {
        if (!Terminal.UnderstandsEscapes)
            return;
        lock (_gate)
        {
            _bars.Update(sourceId, record);
            if (record.RecordType == ProgressRecordType.Completed)
                Erase();
            DrawWhenDue();
        }
    }

    /// <summary>The user's Enter has moved the cursor to a new line.</summary>
    internal void LineEntered()
    {
        lock (_gate)
            _isAtLineStart = true;
    }

    internal void EraseProgress()
    {
        lock (_gate)
            Erase();
    }

    internal void EndProgress()
    {
        lock (_gate)
        {
            _bars.Clear();
            Erase();
        }
    }

    /// <summary>.NET has put the keys of a Unix terminal into application mode and does not put them back.</summary>
    internal void Leave()
    {
        EndProgress();
        if (Terminal.UnderstandsEscapes && !OperatingSystem.IsWindows())
            Console.Out.Write("\e[?1l\e>");
    }

    private void DrawWhenDue()
    {
        var now = Environment.TickCount64;
        // Bars below an unfinished line would erase it when they go.
        if (_bars.IsEmpty || !_isAtLineStart || now - _lastDrawing < MillisecondsBetweenDrawings)
            return;
        Erase();
        var lines = _bars.Render(Terminal.Width - 1, int.Max(1, Terminal.Height / 3));
        // Back at the start of the line, so that the ^C that a terminal echoes cannot wrap onto one more.
        Console.Out.Write(string.Join('\n', lines) + '\r');
        _linesDrawn = lines.Count;
        _lastDrawing = now;
    }

    private void Erase()
    {
        if (_linesDrawn == 0)
            return;
        var up = _linesDrawn > 1 ? $"\e[{_linesDrawn - 1}A" : string.Empty;
        Console.Out.Write($"{up}\r\e[J");
        _linesDrawn = 0;
    }
}
