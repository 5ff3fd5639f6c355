using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace SocketTools;

/// <summary>One direction of a connection, on which things go wrong: what is written at one end comes out of the other, in its order,
/// late, slowly, in pieces, damaged, or not at all. It holds a bounded number of bytes.</summary>
internal sealed class FaultLine
{
    private const int MostBytes = 256 * 1024;
    private const int SlicePauseMilliseconds = 1;
    private const int PiecesPerSecond = 20;

    private readonly object _gate = new();
    private readonly Func<SocketFaults> _faults;
    private readonly CancellationToken _stop;
    private readonly Queue<(double Due, byte[] Bytes)> _queue = new();
    private readonly Random _random = new();
    private readonly double _draw;
    private TaskCompletionSource<bool>? _readerWaits;
    private TaskCompletionSource<bool>? _writerWaits;
    private int _queued;
    private bool _isComplete;
    private bool _isDiscarding;
    private double _lastDue;
    private double _freeAt;
    private long _passed;
    private byte[] _piece = [];
    private int _offset;

    /// <param name="faults">What goes wrong now.</param>
    /// <param name="stop">Ends all waiting.</param>
    public FaultLine(Func<SocketFaults> faults, CancellationToken stop)
    {
        _faults = faults;
        _stop = stop;
        _draw = _random.NextDouble();
        stop.Register(Release);
    }

    /// <summary>Whether it ended early, because that was asked for.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Puts a copy of bytes in, when there is room for them.</summary>
    public async Task WriteAsync(byte[] bytes, int offset, int count)
    {
        var copy = new byte[count];
        Buffer.BlockCopy(bytes, offset, copy, 0, count);
        while (!TryAdd(copy, out var room))
            await room.ConfigureAwait(false);
        _stop.ThrowIfCancellationRequested();
    }

    /// <summary>Says that nothing follows.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _readerWaits?.TrySetResult(true);
        }
    }

    /// <summary>Takes whatever is written from now on, and lets nothing of it out.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            _isDiscarding = true;
            _queue.Clear();
            _writerWaits?.TrySetResult(true);
        }
    }

    /// <summary>The next bytes, when it is their time; null when nothing follows.</summary>
    /// <exception cref="FaultResetException">The connection is to be reset now.</exception>
    public async Task<ArraySegment<byte>?> ReadAsync()
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            var faults = Current();
            if (_passed >= faults.ResetAfterBytes)
                throw new FaultResetException();
            if (_passed >= faults.TruncateAfterBytes)
            {
                IsCut = true;
                Discard();
                return null;
            }
            if (_offset == _piece.Length && !await TryTakeAsync().ConfigureAwait(false))
            {
                await Task.Delay(Current().CloseDelayMilliseconds, _stop).ConfigureAwait(false);
                return null;
            }
            faults = Current();
            if (faults.NoAnswer)
                _offset = _piece.Length;
            else if (LengthOfNext(faults) is > 0 and var length)
                return await PassAsync(faults, length).ConfigureAwait(false);
        }
    }

    private SocketFaults Current() => _faults() is var faults && _draw < faults.Probability ? faults : SocketFaults.None;

    private static double Now => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    private bool TryAdd(byte[] bytes, out Task room)
    {
        lock (_gate)
        {
            room = Task.CompletedTask;
            if (_isDiscarding || _stop.IsCancellationRequested)
                return true;
            if (_queued >= MostBytes)
            {
                _writerWaits = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _writerWaits.Task;
                return false;
            }
            var faults = Current();
            var jitter = faults.JitterMilliseconds == 0 ? 0 : ((2 * _random.NextDouble()) - 1) * faults.JitterMilliseconds;
            _lastDue = Math.Max(_lastDue, Now + Math.Max(0, faults.LatencyMilliseconds + jitter));
            _queue.Enqueue((_lastDue, bytes));
            _queued += bytes.Length;
            _readerWaits?.TrySetResult(true);
            return true;
        }
    }

    // False at the end.
    private async Task<bool> TryTakeAsync()
    {
        while (true)
        {
            Task coming;
            double wait;
            lock (_gate)
            {
                wait = _queue.Count == 0 ? 0 : _queue.Peek().Due - Now;
                if (_queue.Count > 0 && wait <= 0)
                {
                    (_, _piece) = _queue.Dequeue();
                    _offset = 0;
                    _queued -= _piece.Length;
                    _writerWaits?.TrySetResult(true);
                    return true;
                }
                if (_queue.Count == 0 && _isComplete)
                    return false;
                _readerWaits = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                coming = wait > 0 ? Task.Delay((int)Math.Ceiling(wait), _stop) : _readerWaits.Task;
            }
            await coming.ConfigureAwait(false);
            _stop.ThrowIfCancellationRequested();
        }
    }

    private int LengthOfNext(SocketFaults faults)
    {
        long length = _piece.Length - _offset;
        if (faults.SliceBytes > 0)
            length = Math.Min(length, faults.SliceBytes);
        if (faults.BytesPerSecond > 0)
            length = Math.Min(length, Math.Max(1, faults.BytesPerSecond / PiecesPerSecond));
        if (faults.ResetAfterBytes is { } reset)
            length = Math.Min(length, reset - _passed);
        if (faults.TruncateAfterBytes is { } cut)
            length = Math.Min(length, cut - _passed);
        return (int)length;
    }

    private async Task<ArraySegment<byte>?> PassAsync(SocketFaults faults, int length)
    {
        if (_freeAt - Now is > 0 and var wait)
            await Task.Delay((int)Math.Ceiling(wait), _stop).ConfigureAwait(false);
        if (faults.BytesPerSecond > 0)
            _freeAt = Math.Max(_freeAt, Now) + (length * 1000.0 / faults.BytesPerSecond);
        else if (faults.SliceBytes > 0)
            await Task.Delay(SlicePauseMilliseconds, _stop).ConfigureAwait(false);
        if (faults.CorruptionRate > 0)
            lock (_gate)
                Corruption.Apply(_piece, _offset, length, faults.CorruptionRate, _random);
        var next = new ArraySegment<byte>(_piece, _offset, length);
        _offset += length;
        _passed += length;
        return next;
    }

    private void Release()
    {
        lock (_gate)
        {
            _readerWaits?.TrySetResult(true);
            _writerWaits?.TrySetResult(true);
        }
    }
}
