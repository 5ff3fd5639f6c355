using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
var state = InitialSessionState.CreateDefault2();
using var ps = PowerShell.Create(state);
ps.AddScript($"Import-Module {args[0]}; Test-TcpPort | Out-Default");
foreach (var o in ps.Invoke()) Console.WriteLine(o);
foreach (var o in ps.Streams.Error) Console.WriteLine(o);
