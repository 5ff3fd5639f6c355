namespace SocketTools;

/// <summary>Answers HTTP/1.1 requests: all of them alike, or by path, with what the path asks for.</summary>
internal sealed class HttpHandler : ConversationHandler
{
    private readonly HttpAnswer? _always;

    /// <param name="always">The answer to every request; null for the routes of <see cref="HttpRoutes"/>.</param>
    public HttpHandler(HttpAnswer? always) => _always = always;

    public override string Name => "Http";

    public override bool TakesDatagrams => false;

    public override Conversation Open(ServerConnection client) =>
        new HttpConversation(request => _always ?? HttpRoutes.Answer(request, client));
}
