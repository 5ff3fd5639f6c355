using System;
using System.Globalization;
using System.Text;

namespace SocketTools;

/// <summary>Says what time it is, and ends the connection (RFC 867).</summary>
internal sealed class DaytimeHandler : ConversationHandler
{
    private static readonly DaytimeConversation Only = new();

    public override string Name => "Daytime";

    public override Conversation Open(ServerConnection client) => Only;

    public override void Answer(byte[] bytes, int count, IReplySink reply) => Say(reply);

    private static void Say(IReplySink reply)
    {
        var line = Encoding.ASCII.GetBytes(DateTime.Now.ToString("dddd, MMMM d, yyyy HH:mm:ss", CultureInfo.InvariantCulture) + "\r\n");
        reply.Send(line, 0, line.Length);
    }

    private sealed class DaytimeConversation : Conversation
    {
        public override void Opened(IReplySink reply)
        {
            Say(reply);
            reply.End();
        }

        public override int Receive(byte[] bytes, int offset, int count, IReplySink reply) => count;
    }
}
