using System;
using System.Management.Automation.Host;

namespace SocketTools.Runner;

/// <summary>The size of the window and its keys; there is no screen buffer to read or to paint on.</summary>
internal sealed class ConsoleRawUserInterface(Keyboard keyboard) : PSHostRawUserInterface
{
    private const string NoBuffer = "This host writes lines; it has no screen buffer to read, paint or move.";

    public override ConsoleColor BackgroundColor { get; set; } = Console.BackgroundColor;

    public override ConsoleColor ForegroundColor { get; set; } = Console.ForegroundColor;

    public override Size BufferSize
    {
        get => new(Terminal.Width, Terminal.Height);
        set => throw new NotSupportedException(NoBuffer);
    }

    public override Coordinates CursorPosition
    {
        get => throw new NotSupportedException(NoBuffer);
        set => throw new NotSupportedException(NoBuffer);
    }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => Terminal.HasKeyboard && Console.KeyAvailable;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw new NotSupportedException(NoBuffer);
    }

    public override Size WindowSize
    {
        get => new(Terminal.Width, Terminal.Height);
        set => throw new NotSupportedException(NoBuffer);
    }

    public override string WindowTitle { get; set; } = string.Empty;

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException(NoBuffer);

    public override int LengthInBufferCells(char source) => Cells.Width(source);

    public override int LengthInBufferCells(string source) => Cells.Width(source);

    public override int LengthInBufferCells(string source, int offset) => Cells.Width(source[offset..]);

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = keyboard.ReadKey((options & ReadKeyOptions.NoEcho) != 0);
        return new KeyInfo((int)key.Key, key.KeyChar, 0, keyDown: true);
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException(NoBuffer);

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException(NoBuffer);

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) =>
        throw new NotSupportedException(NoBuffer);
}
