using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SocketTools.Bench;

// dotnet run -c Release --project bench/SocketTools.Bench [-- ROUNDS]: side by side, by turns, in one run; medians and ratios.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
Scene[] scenes =
[
    new("65,535 ports of one loopback address", "127.0.0.1", 1, 1, 65535),
    new("1,000 ports of one loopback address", "127.0.0.1", 1, 8000, 1000),
    new("1 port of 65,536 loopback addresses", "127.1.0.0", 65536, 8000, 1),
];
List<Socket> listeners = [Listen(8000), Listen(8123), Listen(8999), Listen(30303), Listen(65000)];
foreach (var scene in scenes)
    scene.Run(rounds);
listeners.ForEach(static listener => listener.Dispose());
LimitProgram.Delete();

static Socket Listen(int port)
{
    var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
    listener.Listen(512);
    return listener;
}
