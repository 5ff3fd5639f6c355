using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace SocketTools.Bench;

/// <summary>nmap's connect scan.</summary>
internal static class Nmap
{
    /// <summary>A scan of which the open ports count.</summary>
    public static Command Open(string settings, string targets) =>
        new($"nmap {settings}", "nmap", $"-sT -n -Pn {settings} -oG - {targets}", ReadOpen);

    /// <summary>A scan of which every port's state counts.</summary>
    public static Command All(string settings, string targets) =>
        new($"nmap {settings}", "nmap", $"-sT -n -Pn {settings} -oX - {targets}", ReadAll);

    private static Outcome ReadOpen(string output, double seconds)
    {
        var states = new Dictionary<string, string>();
        foreach (var line in output.Split('\n').Where(static l => l.Contains("Ports: ", StringComparison.Ordinal)))
        {
            var address = line.Split(' ')[1];
            foreach (var port in line[(line.IndexOf("Ports: ", StringComparison.Ordinal) + 7)..].Split('\t')[0].Split(", "))
            {
                var fields = port.Split('/');
                states[$"{address}:{fields[0]}"] = fields[1];
            }
        }
        return new Outcome(seconds, states);
    }

    private static Outcome ReadAll(string output, double seconds)
    {
        var states = new Dictionary<string, string>();
        foreach (var host in XDocument.Parse(output).Root!.Elements("host"))
        {
            var address = Text(host.Element("address")!, "addr");
            foreach (var port in host.Descendants("port"))
                states[$"{address}:{Text(port, "portid")}"] = Text(port.Element("state")!, "state");
            foreach (var port in host.Descendants("extrareasons").SelectMany(static reason =>
                Expand(Text(reason, "ports")).Select(number => (Number: number, State: Text(reason.Parent!, "state")))))
            {
                states[$"{address}:{port.Number}"] = port.State;
            }
        }
        return new Outcome(seconds, states);
    }

    private static IEnumerable<int> Expand(string ranges) => ranges.Split(',').SelectMany(static range =>
    {
        var ends = range.Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static string Text(XElement element, string attribute) => (string?)element.Attribute(attribute) ?? "";
}
