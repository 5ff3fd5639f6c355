using System.Threading;

namespace SocketTools;

/// <summary>What a server has done, counted by all threads that serve.</summary>
internal sealed class ServerCounters
{
    private long _open;
    private long _accepted;
    private long _refused;
    private long _errors;
    private long _bytesReceived;
    private long _bytesSent;
    private long _datagramsReceived;
    private long _datagramsSent;

    public long Open => Interlocked.Read(ref _open);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    public long Errors => Interlocked.Read(ref _errors);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public long DatagramsReceived => Interlocked.Read(ref _datagramsReceived);

    public long DatagramsSent => Interlocked.Read(ref _datagramsSent);

    public void CountAccepted()
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
    }

    /// <returns>How many are still open.</returns>
    public long CountClosed() => Interlocked.Decrement(ref _open);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountError() => Interlocked.Increment(ref _errors);

    public void CountReceived(long bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    public void CountSent(long bytes) => Interlocked.Add(ref _bytesSent, bytes);

    public void CountDatagramReceived() => Interlocked.Increment(ref _datagramsReceived);

    public void CountDatagramsSent(int count) => Interlocked.Add(ref _datagramsSent, count);
}
