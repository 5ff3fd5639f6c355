// Writes src/SocketTools.Core/Targets/top-ports.txt, the TCP ports in order of use that the core embeds.
//
//   dotnet run tools/TopPorts.cs    says how to get its sources into a folder outside the repository
//   dotnet run tools/TopPorts.cs -- <folder> src/SocketTools.Core/Targets/top-ports.txt
//
// Nobody has published under a free licence how often each port is open, so the order is made here: first the ports of
// the head, put in order by hand; then the others by their points, which are the sum over the sources of
// log2(1 + files that name the port), and some more for a port that is met in the field. The sources are free software
// that has to know where servers listen: charts, containers, monitoring, checks, firewall rules. They are only counted.
// None is a port scanner's list: these go back to the frequencies that come with nmap, whose licence is not free.
// The same input gives the same bytes.
#:property PublishAot=false

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

const int Wanted = 1000;
const double FieldPoints = 3;

// What an administrator finds open most often, in that order.
const string Head = """
    80 443 22 3389 445 21 23 25 8080 53 135 139 8443 3306 5900 110 143 993 995 587
    111 5432 8000 465 1433 5985 389 636 88 9100 631 515 8081 8888 2049 6379 27017 1723 5060 554
    3000 5000 9000 9200 9090 10000 81 8008 8001 9443 4443 7547 49152-49157 1025-1026 6443 10250 2375-2376 2379
    1883 8883 5672 15672 9092 1521 11211 5601 2181 3128 1080 5986 464 593 3268-3269 9389 49664-49669 47001 5357 7680
    2179 548 873 179 5061 8009 8291 8728 2000 8082 8083 8088-8090 8181 8880 2082-2083 2086-2087 2095-2096 2222
    82 83 7001 9001 9999 5001 8006 8096 32400 8123 5222 5269 1935 3260 3690 5984 8086 8500 8200 9093 50000 1099
    4369 9300 2380 6000 513 514 512 113 119 79 5901 5800 1027-1028 502 102 199 161 7 9 13 19 37 902
    """;

// Ports of services that speak UDP alone; the sources do not always say so.
const string Datagrams = "67-69 123 137-138";

// What stands on networks and is seldom named by the sources below. A line is a kind of service, the most common first.
const string Field = """
    Windows: 1029-1031 5040 49158-49161 49670-49671 5358 2869 808 1801 2103 2105 2107 8530-8531 8172 10243 42
        3343 5722 6600
    remote desktops: 5902-5910 5801-5803 5938 7070 1494 2598 4172 4899 3388 3390 5631-5632 3350 6568 3283
        8040-8041 22443 6129 407 21115-21119
    Microsoft's servers: 1434 1688 2382-2383 5022 4022 6516 691 8014 10123 5723 1270 5718-5719 32843-32845 3847
    boards and racks: 623 5988-5989 427 16992-16993 17988 17990 5120 664 2301 2381 1311 903 5480 3668
    the web elsewhere: 84-90 99 591 800-801 880 888 981 1010 4080 4567 5443 7080-7081 7443 7777 8003-8005 8007
        8010-8011 8084-8087 8091-8095 8097-8100 8180 8280-8281 8441-8442 8444-8445 8800-8801 8887 8889 9002-9003
        9009-9010 9080-9081 9091 9095 9098-9099 9191 9444 9800 9898 10080-10081 12443 18080 28080 300 443-444
    hosting: 2077-2080 8447 20000 4643 7080 7800 10082 1500
    SSH and Telnet elsewhere: 26 24 222 992 2022 2200 2223 2323 8022 22222
    printers and scanners: 9101-9103 9220 9290 9500 9280-9281 721 3910-3911 1865
    routers, switches, firewalls: 541 8729 10443 830 4786 1900 5431 264 256-259 646 2001-2002 4001 4433
        2601-2605 30005 32764 37215 52869 6633 6653 8013 18264
    Unix: 6001-6010 111 512-515 530 749-751 754 4045 6112 32768-32772 32777 532 556 600 635 871
    home and media: 8060 7000 1400 1443 3483 5555 6466-6467 6789 8002 8112 8324 8581 8843 8920 9197 9981-9982
        10001 32469 51413 55443 58846 51827 16021 6600 6668 6881-6889 6543-6544 9777
    network storage: 20048 24007 860 2811 3205 5005-5006 6690 9418 11111
    Apple's systems: 62078 7100 5009 3689 5223 311 625 660 3031 5298 16080
    cameras and recorders: 8554 37777-37778 34567 34599 8899 7442-7447 2020 6036 9527 9530 5150 5544 1024
    VPN and proxies: 1194 943 500 4500 4444 1081 3129 8118 8388 9050-9051 9040 10808-10809 7890-7891 11443 6588
    telephones: 1720 5038 5080 5090 2443 5349 3478 8021 5062-5068 1718 1300
    mail and groupware: 4190 2525 783 106 209 366 1352 7025 7071-7072 8025 8100 10024-10025 1677 1533 7110 7143
        7993 7995 158
    databases: 27018-27019 33060 1522-1526 1529 2483-2484 2638 3050 5433 6432 7199 8529 9042 9160 26257 28015
        28017 50001 5500 1158 1630 1830 523 446 448 2424 2480 4100 5560 6984 7200 7210 9088-9089 30013 30015
        39013 39015 3299 3938 3055 29015
    applications: 1414-1415 61613-61616 8161 4848 9990 5671 7002 9043 9060 8005 8686 8787 4445-4447 1098 1090
        2809 3200-3201 3300 3600 50013-50014 1128-1129 3700 3873 5445 5455 7222 7500 7676 8879 9402-9403
    containers and clouds: 10255-10257 10259 2377 4243 7946 8300-8302 8501-8503 8600 30000-30001 30080 30443
        32000 6783 4149 4194 4646-4648 5473 6080 6082 7443 7480 8250 8774-8776 9099 9283 9292 9345 9696 9901
        10248-10249 15000-15001 15021 15090 16509 16514 31000 35357 54321 85
    monitoring and logs: 10050-10051 5666-5667 4949 9997 8089 6514 1514-1515 12489 6556 8834-8835 601 705 1241
        2003-2004 2812 3780 5044 5140-5141 5665 5693 8125-8126 8191 8649 8651 9390 12201 17777-17778 24224 1984
    management and protection: 4343 4505-4506 8140 8019-8020 8027 8383 8444 2967 4118-4120 8060-8061 8192-8194
        9593-9595 13000 14000 17472 52311 402 2221-2222 8142 8190 13291
    backup: 10006 1556 13720 13724 13782 497 617 6101 6106 8400-8403 9392-9393 9401 9419 6160-6163 9876
        1500-1501 1581 2500 6050 7937-7938 41523 44445
    building software: 1234 2375 3001-3003 3333 4200 5173 5678 5500 9229 9222 8111 11434 7860 6006 8501 4321
        9418 29418 8153-8154 1666 2401 3632 3838 5037 8010 8265 8786 9003 1313 35729
    big data: 50070 50075 50010 50020 8020 8030-8033 8042 8188 9870 9864 9866 2888 3888 4040-4041 6066 6123 7077
        8983 9083 10002 16000 16010 16020 16030 18080 19888 7180 60000 60010 50030 50060 50090 10020 11000 21000
        21050 25000 6627 8440-8441 7182-7183 7574
    licences: 27000-27010 1947 5093 22350 744 5053-5054
    health: 104 11112 2575 2761-2762 6661
    certificates, names, others: 853 953 711 829 843 989-990 2628 5355 11371
    chat and news: 6660-6669 6697 64738 9987 10011 30033 194 994 5280-5281 8448 8065 563 433 1863 5050 5190
    plants: 44818 20000 4840 2404 1911 4911 1962 2455 503 802 789 9600 18245 20547 5006-5007 5094 48898
        34962-34964 4843 771 950 1089-1091 1153 1217 1502 3671 5450 8193 11740 30718 55000-55003
    old Internet services: 1 17 11 15 18 20 43 49 70 95 101 105 109 115 117 170 210 220 540 543-544
    games: 25565 25575 27015-27020 27036 7777-7778 28015-28016 30120 3724 1119 6112-6113 7171-7172 26000 28960
        29900 3979
    sharing and coins: 8332-8333 18332-18333 8545-8546 30303 9332-9333 4661-4662 6346-6347 411-412 1214 6699
        8232-8233 14444 18081
    studios: 1755 4352 1319 1710 4440 4455 5004 5960-5963 9990 9993 41794-41795
    """;

// A port of a chart or a playbook, unless it is one of UDP.
const string YamlPort = @"(?i)port[""']?: *[""']?(?<p>\d{2,5})\b"
    + @"(?!(?:\s+#.*|\s+name:.*|\s+targetPort:.*){0,3}\s+protocol: *[""']?udp)";

var sources = new Source[]
{
    new("IceWhaleTech/CasaOS-AppStore", "e713d2bd48", "Apache-2.0",
        @"^Apps/.*/docker-compose\.ya?ml$",
        @"target: ""?(?<p>\d+)""?\s+published: \S+\s+protocol: tcp"),
    new("GoogleCloudPlatform/click-to-deploy", "9538130e90", "Apache-2.0",
        @"^(k8s|docker)/.*\.(yaml|yml)$",
        YamlPort),
    new("apache/ambari", "8433094284", "Apache-2.0",
        @"/configuration/[^/]*\.xml$",
        @"<value>[^<]*:(?<p>\d{2,5})\s*<|[._]port</name>\s*<value>(?<p>\d{2,5})\s*<"),
    new("aws-cloudformation/aws-cloudformation-templates", "142ce6f283", "Apache-2.0",
        @"\.(ya?ml|json)$",
        @"(?:From|To|Container|Listener)?Port""?: *[""']?(?<p>\d+)\b"),
    new("aws-quickstart/quickstart-microsoft-activedirectory", "bb64d5f303", "Apache-2.0",
        @"^templates/",
        @"tcp\s+FromPort: (?<p>\d+)\s+ToPort: \k<p>\b"),
    new("bitnami/charts", "5165628ae0", "Apache-2.0",
        @"^bitnami/[^/]+/values\.yaml$",
        @"(?m)^(?<in> *)(?:containerPorts|ports):\r?\n(?:\k<in> +(?:#.*|[\w-]+: ""?(?<p>\d+)?.*)\r?\n)+"),
    new("docker-library/docs", "c4a9ba4144", "MIT",
        @"\.md$",
        @"-p [\d.]*:?(?:\d+:)?(?<p>\d{2,5})\b(?!/udp)|\bports? `?(?<p>\d{2,5})\b|localhost:(?<p>\d{2,5})"),
    new("docker/awesome-compose", "18f59bdb09", "CC0-1.0",
        @"compose\.ya?ml$|Dockerfile$",
        @"(?m)^ *- *[""']?(?:\d+:)?(?<p>\d+)[""']?\s*$|EXPOSE (?<p>\d+)"),
    new("hassio-addons/repository", "ec47cba0ca", "MIT",
        @"/config\.(yaml|json)$",
        @"(?<p>\d+)/tcp"),
    new("helm/charts", "390ee6614b", "Apache-2.0",
        @"/values\.yaml$",
        YamlPort),
    new("home-assistant/addons", "3158bcebd7", "Apache-2.0",
        @"/config\.(yaml|json)$",
        @"(?<p>\d+)/tcp"),
    new("influxdata/telegraf", "b272631466", "MIT",
        @"^plugins/.*/sample\.conf",
        @"[\w\]]:(?<p>\d{2,5})\b"),
    new("k8s-at-home/charts", "2463dec153", "Apache-2.0",
        @"/values\.yaml$",
        YamlPort),
    new("kubernetes-sigs/kubespray", "46dbdd3994", "Apache-2.0",
        @"\.(yml|yaml|j2)$",
        YamlPort),
    new("openstack/kolla-ansible", "1a681814eb", "Apache-2.0",
        @"^ansible/.*\.yml$",
        @"port: *""(?<p>\d+)"""),
    new("praetorian-inc/fingerprintx", "4801949005", "Apache-2.0",
        @"^pkg/plugins/services/.*(?<!_test)\.go$",
        @"(?:port|i) == (?<p>\d+)|Port = (?<p>\d+)|(?m)^\s*(?<p>\d+): *\{\},?$"),
    new("projectdiscovery/nuclei-templates", "159879a59b", "MIT",
        @"\.yaml$",
        @"(?i)\bport: *[""']?(?:(?<p>\d+),? ?)+|port[:=]\\?""?(?<p>\d+)"),
    new("prowler-cloud/prowler", "3e000faa31", "Apache-2.0",
        @"^prowler/providers/.*\.py$",
        @"(?i)(?:check_?)?ports = \[(?:\s*(?<p>\d+),?)+"),
    new("rapid7/metasploit-framework", "4744fb01d9", "BSD-3-Clause",
        @"^modules/.*\.rb$",
        @"\bRPORT\b['""]?\)?\s*(?:=>|\()\s*(?<p>\d+)"),
    new("sapcc/helm-charts", "14641da523", "Apache-2.0",
        @"/values\.yaml$",
        YamlPort),
    new("signalfx/signalfx-agent", "fbc24b0fdd", "Apache-2.0",
        @"\.(ya?ml|md|go)$",
        @"(?i)\bport[""`]?: *[""']?(?<p>\d{2,5})\b|localhost:(?<p>\d{2,5})"),
    new("spring-projects/spring-boot", "c329ffa25d", "Apache-2.0",
        @"/main/.*(Properties|ConnectionDetails)\w*\.java$",
        @"(?i)port\w* = (?<p>\d+);|localhost:(?<p>\d+)"),
    new("terraform-aws-modules/terraform-aws-security-group", "3cf4e1a48a", "Apache-2.0",
        @"^rules\.tf$",
        @"\[(?<p>\d+), \k<p>, ""tcp"""),
    new("testcontainers/testcontainers-java", "deb78e1e6e", "MIT",
        @"^modules/.*/main/.*\.java$",
        @"PORT\w* = (?<p>\d+)|ExposedPorts\((?:\s*(?<p>\d+),?)+"),
    new("thinkst/opencanary", "86f072541e", "BSD-3-Clause",
        @"^opencanary/.*\.(py|json)$",
        @"port[""']?\s*[:,=]\s*(?:default=)?[""']?(?<p>\d+)"),
    new("vulhub/vulhub", "ae581d9cab", "MIT",
        @"/docker-compose\.yml$",
        @"-\s*[""']?[\d.]*:?\d+:(?<p>\d+)[""']?\s"),
    new("zeek/zeek", "a13de64fbb", "BSD-3-Clause",
        @"^scripts/.*\.zeek$",
        @"\b(?<p>\d+)/tcp"),
};

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet run tools/TopPorts.cs -- <folder> <output>, in the folder:");
    foreach (var source in sources)
        Console.Error.WriteLine(source.Checkout);
    return 1;
}

var points = new Dictionary<int, double>();
foreach (var source in sources)
{
    var counts = source.CountFiles(Path.Combine(args[0], source.Repository));
    foreach (var (port, files) in counts)
        points[port] = points.GetValueOrDefault(port) + Math.Log2(1 + files);
    Console.WriteLine($"{source.Repository}: {counts.Count} ports");
}

var field = Read(Field).Distinct().ToList();
foreach (var port in field)
    points[port] = points.GetValueOrDefault(port) + FieldPoints;

var place = field.Select((port, at) => (port, at)).ToDictionary(pair => pair.port, pair => pair.at);
var order = Read(Head)
    .Concat(points.Keys
        .OrderByDescending(port => Math.Round(points[port], 2))
        .ThenBy(port => place.GetValueOrDefault(port, field.Count))
        .ThenBy(port => port))
    .Distinct()
    .Except(Read(Datagrams))
    .Take(Wanted)
    .ToList();

var licences = sources.Select(source => source.Licence).Distinct().Order(StringComparer.Ordinal);
var list = new StringBuilder();
list.Append("# The TCP ports in order of use, the most used first. Written by tools/TopPorts.cs; do not edit.\n")
    .Append("# The order is SocketTools' own and has its licence: made by hand, and by counting in how many files of\n")
    .Append("# free projects a port is named. Their licences: ").AppendJoin(", ", licences).Append(".\n");
foreach (var line in order.Chunk(20))
    list.Append(CultureInfo.InvariantCulture, $"{string.Join(' ', line)}\n");
File.WriteAllText(args[1], list.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

Console.WriteLine($"{order.Count} of {points.Count} ports, {new FileInfo(args[1]).Length} bytes");
return 0;

static IEnumerable<int> Read(string text) =>
    from line in text.Split('\n')
    from part in line[(line.IndexOf(':') + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
    let ends = part.Split('-')
    let first = int.Parse(ends[0], CultureInfo.InvariantCulture)
    let last = int.Parse(ends[^1], CultureInfo.InvariantCulture)
    from port in Enumerable.Range(first, last - first + 1)
    select port;

internal sealed record Source(string Repository, string Commit, string Licence, string Files, string Ports)
{
    public string Checkout =>
        $"git clone https://github.com/{Repository} {Repository} && git -C {Repository} checkout {Commit}";

    public Dictionary<int, int> CountFiles(string folder)
    {
        var counts = new Dictionary<int, int>();
        var noLinks = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (var file in Directory.EnumerateFiles(folder, "*", noLinks))
        {
            if (!Regex.IsMatch(Path.GetRelativePath(folder, file).Replace('\\', '/'), Files))
                continue;
            foreach (var port in PortsIn(File.ReadAllText(file)).Distinct())
                counts[port] = counts.GetValueOrDefault(port) + 1;
        }

        return counts.Count > 0 ? counts : throw new InvalidDataException($"{folder} names no ports.");
    }

    private IEnumerable<int> PortsIn(string text) =>
        from match in Regex.Matches(text, Ports)
        from capture in match.Groups["p"].Captures
        where capture.Length <= 5 && capture.ValueSpan[0] != '0'
        let port = int.Parse(capture.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        where port <= 65535
        select port;
}
