using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SocketTools.Tests;

/// <summary>The pictures of the documentation can be shown anywhere, and tell nothing of the machine that they were made on.</summary>
public sealed class PictureTests
{
    private const int MostBytes = 20_000;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string Folder = Path.Combine(BuiltModule.Repository, "docs", "pictures");

    public static TheoryData<string> Names { get; } = new(Directory.EnumerateFiles(Folder).Select(static file => Path.GetFileName(file)).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_a_small_picture_with_a_title(string name)
    {
        Assert.EndsWith(".svg", name);
        Assert.InRange(new FileInfo(Path.Combine(Folder, name)).Length, 1, MostBytes);

        var picture = Read(name);
        Assert.Equal(Svg + "svg", picture.Name);
        Assert.NotEmpty(picture.Element(Svg + "title")!.Value);
        Assert.Equal((string?)picture.Attribute("aria-labelledby"), (string?)picture.Element(Svg + "title")!.Attribute("id"));
        // What loads or runs something else has no place in it.
        Assert.All(picture.Descendants(), static element => Assert.Contains(element.Name.LocalName, new[] { "title", "style", "rect", "circle", "g", "text" }));
        Assert.DoesNotContain("url(", picture.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_no_machine_and_no_address_but_loopback(string name)
    {
        var text = string.Join('\n', Read(name).Elements(Svg + "text").Select(static element => element.Value));

        Assert.Contains("PS> ", text);
        foreach (var own in new[] { Environment.MachineName, Environment.UserName, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) })
            Assert.DoesNotMatch($@"(?<!\w){Regex.Escape(own)}(?!\w)", text);
        Assert.DoesNotContain("/home/", text);
        Assert.All(Regex.Matches(text, @"\d+\.\d+\.\d+\.\d+"), static match => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(match.Value))));
    }

    private static XElement Read(string name) => XDocument.Load(Path.Combine(Folder, name)).Root!;
}
