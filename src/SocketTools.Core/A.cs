namespace SocketTools;
/// <summary>x</summary>
public sealed record A(int X);
