using System.Globalization;
using System.Linq;

namespace SocketTools;

/// <summary>What an HTTP server without an answer of its own says, by path.</summary>
internal static class HttpRoutes
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The routes, for the page that lists them.</summary>
    public const string List =
        "/echo            the body; or ?msg=TEXT, with the status ?code=N\n" +
        "/status/N        a response with the status N\n" +
        "/bytes/N         N bytes\n" +
        "/headers         the head of the request\n" +
        "/header?key=K    one header of the request\n" +
        "/redirect        to ?location=URL, with the status ?code=N\n" +
        "/clientip        the client's address and port\n" +
        "/hostname        this computer's name\n" +
        "/healthz         200\n";

    /// <summary>The answer to a request.</summary>
    public static HttpAnswer Answer(HttpCall call, ServerConnection client)
    {
        var parts = call.Path.Trim('/').Split('/');
        switch (parts[0])
        {
            case "" or "healthz":
                return HttpAnswer.Text(parts[0].Length == 0 ? List : "ok");
            case "echo":
                return Echo(call);
            case "hostname":
                return HttpAnswer.Text(ThisComputer.Name);
            case "clientip":
                return HttpAnswer.Text(HostTarget.Join(client.ComputerName, client.Port));
            case "header" when call.Query("key") is { } key:
                return HttpAnswer.Text(call[key] ?? "");
            case "headers":
                return HttpAnswer.Text(string.Concat(call.Headers.Select(static header => $"{header.Key}: {header.Value}\n")));
            case "redirect" when call.Query("location") is { } location && !location.Any(char.IsControl):
                return new HttpAnswer { Status = Code(call, 302), Headers = [new("Location", location)] };
            case "status" when parts.Length == 2 && Number(parts[1], 999) is >= 200 and var status:
                return HttpAnswer.Text("", status);
            case "bytes" when parts.Length == 2 && Number(parts[1], MostBytes) is >= 0 and var count:
                return new HttpAnswer { Headers = [new("Content-Type", "application/octet-stream")], Body = Letters(count) };
            default:
                return HttpAnswer.Text(List, 404);
        }
    }

    private static HttpAnswer Echo(HttpCall call)
    {
        if (call.Query("msg") is { } message)
            return HttpAnswer.Text(message, Code(call, 200));
        return new HttpAnswer
        {
            Status = Code(call, 200),
            Headers = [new("Content-Type", call["Content-Type"] is { } type && !type.Any(char.IsControl) ? type : "application/octet-stream")],
            Body = call.Body,
        };
    }

    private static int Code(HttpCall call, int otherwise) => Number(call.Query("code") ?? "", 999) is >= 200 and var code ? code : otherwise;

    private static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : -1;

    private static byte[] Letters(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)('a' + (i % 26));
        return bytes;
    }
}
