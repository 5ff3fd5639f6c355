using System.IO;
using System.Linq;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using SocketTools.Help;

namespace SocketTools.Tests;

/// <summary>The page for those who come from Python leaves out nothing that the course lists.</summary>
public sealed class FromPythonTests
{
    private static readonly string[] Listed =
    [
        "close", "create_connection", "create_server", "dup", "errno", "error", "fromfd", "gaierror", "getaddrinfo", "getdefaulttimeout",
        "getfqdn", "gethostbyaddr", "gethostbyname", "gethostbyname_ex", "gethostname", "getnameinfo", "getprotobyname", "getservbyname",
        "getservbyport", "has_dualstack_ipv6", "has_ipv6", "herror", "htonl", "htons", "if_indextoname", "if_nameindex", "if_nametoindex",
        "inet_aton", "inet_ntoa", "inet_ntop", "inet_pton", "ntohl", "ntohs", "selectors", "setdefaulttimeout", "sethostname", "socket",
        "socketpair", "timeout",
        "socket.accept()", "socket.bind(address)", "socket.connect(address)", "socket.connect_ex(address)", "socket.listen(count)",
        "socket.recv(buflen)", "socket.recvfrom(buflen)", "socket.recv_into(buffer)", "socket.send(bytes)", "socket.sendall(data)",
        "socket.sendto(data, address)", "socket.settimeout(seconds)", "socket.close()",
    ];

    [Fact]
    public void Every_function_and_method_has_its_row()
    {
        var page = Markdown.Parse(
            Text(),
            new MarkdownPipelineBuilder().UsePipeTables().Build());
        var rows = page.OfType<Table>().SelectMany(static table => table.Skip(1).Cast<TableRow>()).Select(static row => row.Select(PlainText.Cell).ToArray()).ToList();

        Assert.All(Listed, name => Assert.Single(rows, row => row[0] == name && row[1].Length > 0));
    }

    [Fact]
    public void Every_script_and_output_of_the_course_has_ours_below_it()
    {
        string[] kinds = [.. Markdown.Parse(Text())
            .Where(static block => block is FencedCodeBlock or HeadingBlock)
            .Select(static block => block is FencedCodeBlock code ? code.Info! : "#")
            .Where(static kind => kind is "python" or "console" or "powershell" or "#")];

        Assert.Contains("python", kinds);
        Assert.All(kinds.Zip(kinds.Skip(1).Append("#")).Where(static pair => pair.First is "python" or "console"), static pair => Assert.NotEqual("#", pair.Second));
    }

    private static string Text() => File.ReadAllText(Path.Combine(BuiltModule.Repository, "docs", "from-python.md")).ReplaceLineEndings("\n");
}
