namespace SocketTools;

/// <summary>When a server gives its fixed reply. The numbers never change.</summary>
public enum ReplyPer
{
    /// <summary>After each line that comes.</summary>
    Line = 1,

    /// <summary>Once, as soon as a client connects; then the server ends the connection.</summary>
    Connection = 2,
}
