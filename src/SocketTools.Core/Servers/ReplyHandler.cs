using System;

namespace SocketTools;

/// <summary>Gives a fixed reply, for each line or once a connection, and to each datagram.</summary>
internal sealed class ReplyHandler : ConversationHandler
{
    private const int BlockBytes = 16 * 1024;

    private readonly byte[] _block;
    private readonly int _length;
    private readonly Conversation _conversation;

    /// <param name="reply">What is said.</param>
    /// <param name="per">When.</param>
    public ReplyHandler(byte[] reply, ReplyPer per)
    {
        _length = reply.Length;
        // Several replies in one array: lines that come together are answered together.
        _block = new byte[Math.Max(1, BlockBytes / Math.Max(1, _length)) * _length];
        for (var at = 0; at < _block.Length; at += _length)
            Buffer.BlockCopy(reply, 0, _block, at, _length);
        _conversation = per == ReplyPer.Line ? new PerLine(this) : new Once(this);
    }

    public override string Name => "Reply";

    public override Conversation Open(ServerConnection client) => _conversation;

    public override void Answer(byte[] bytes, int count, IReplySink reply) => reply.Send(_block, 0, _length);

    private sealed class PerLine : Conversation
    {
        private readonly ReplyHandler _handler;

        public PerLine(ReplyHandler handler) => _handler = handler;

        public override int Receive(byte[] bytes, int offset, int count, IReplySink reply)
        {
            var most = _handler._length == 0 ? int.MaxValue : _handler._block.Length / _handler._length;
            var lines = 0;
            var at = offset;
            while (at < offset + count && lines < most)
            {
                var end = Array.IndexOf(bytes, (byte)'\n', at, offset + count - at);
                if (end < 0)
                {
                    at = offset + count;
                    break;
                }
                lines++;
                at = end + 1;
            }
            if (lines > 0)
                reply.Send(_handler._block, 0, lines * _handler._length);
            return at - offset;
        }
    }

    private sealed class Once : Conversation
    {
        private readonly ReplyHandler _handler;

        public Once(ReplyHandler handler) => _handler = handler;

        public override void Opened(IReplySink reply)
        {
            reply.Send(_handler._block, 0, _handler._length);
            reply.End();
        }

        public override int Receive(byte[] bytes, int offset, int count, IReplySink reply) => count;
    }
}
