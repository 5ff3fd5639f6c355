using System.Collections.Concurrent;

namespace SocketTools;

/// <summary>Arrays to be used again, so that who waits needs none of its own.</summary>
internal sealed class BufferPool
{
    /// <summary>The length of those that are kept.</summary>
    public const int Length = 64 * 1024;

    private const int Most = 64;

    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>An array of at least a length.</summary>
    public byte[] Take(int atLeast = Length) => atLeast > Length ? new byte[atLeast] : _free.TryTake(out var bytes) ? bytes : new byte[Length];

    /// <summary>Gives an array back, when it is one to be kept.</summary>
    public void Give(byte[] bytes)
    {
        if (bytes.Length == Length && _free.Count < Most)
            _free.Add(bytes);
    }
}
