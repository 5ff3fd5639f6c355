namespace SocketTools;

/// <summary>Sends back what comes, until the client has said all and has had all of it back (RFC 862).</summary>
internal sealed class EchoHandler : ConversationHandler
{
    private static readonly EchoConversation Only = new();

    public override string Name => "Echo";

    public override Conversation Open(ServerConnection client) => Only;

    public override void Answer(byte[] bytes, int count, IReplySink reply) => reply.Send(bytes, 0, count);

    private sealed class EchoConversation : Conversation
    {
        public override int Receive(byte[] bytes, int offset, int count, IReplySink reply)
        {
            reply.Send(bytes, offset, count);
            return count;
        }
    }
}
