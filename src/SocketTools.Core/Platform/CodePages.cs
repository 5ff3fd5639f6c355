using System.Text;

namespace SocketTools;

/// <summary>The code pages, such as windows-1252, which .NET keeps apart from its other encodings and .NET Framework does not.</summary>
internal static class CodePages
{
    /// <summary>The encoding of a name; null where it is not among them.</summary>
#if NET
    public static Encoding? Find(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name);
#else
    public static Encoding? Find(string name) => null;
#endif
}
