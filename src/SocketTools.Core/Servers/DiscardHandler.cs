namespace SocketTools;

/// <summary>Takes all, and says nothing (RFC 863).</summary>
internal sealed class DiscardHandler : ConversationHandler
{
    private static readonly DiscardConversation Only = new();

    public override string Name => "Discard";

    public override Conversation Open(ServerConnection client) => Only;

    private sealed class DiscardConversation : Conversation
    {
        public override int Receive(byte[] bytes, int offset, int count, IReplySink reply) => count;
    }
}
