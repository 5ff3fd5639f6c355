namespace SocketTools;

/// <summary>What is sent after each text. The numbers never change.</summary>
public enum LineEnd
{
    /// <summary>Nothing: text goes as it is.</summary>
    None = 0,

    /// <summary>A line feed.</summary>
    Lf = 1,

    /// <summary>A carriage return and a line feed.</summary>
    CrLf = 2,
}
