BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $listener = Start-TestListener
    $second = Start-TestListener
    $refusing = New-ClosedPort
    $open = $listener.LocalEndpoint.Port
    $alsoOpen = $second.LocalEndpoint.Port
    $closed = $refusing.LocalEndPoint.Port
}

AfterAll {
    $listener.Stop()
    $second.Stop()
    $refusing.Dispose()
}

Describe 'Find-OpenPort' {
    It 'gives one report with the open ports in order and the rest counted by reason' {
        $report = Find-OpenPort 127.0.0.1 $open, $closed, $alsoOpen

        $report | Should -BeOfType SocketTools.PortScanReport
        $report.ComputerName | Should -BeExactly '127.0.0.1'
        $report.Address | Should -BeExactly '127.0.0.1'
        $report.HostState | Should -Be 'Up'
        $report.HostReason | Should -Be 'Connected'
        $report.OpenPorts.Port | Should -Be ($open, $alsoOpen | Sort-Object)
        $report.OpenPorts.State | Should -Be @('Open', 'Open')
        $report.OpenCount, $report.ClosedCount, $report.FilteredCount, $report.UnknownCount | Should -Be @(2, 1, 0, 0)
        $report.Reasons | ForEach-Object { "$_" } | Should -Be @('2 Open: Connected', '1 Closed: ECONNREFUSED')
        $report.PortsScanned | Should -Be 3
        $report.Results | Should -BeNullOrEmpty
        $report.StartTime.Kind | Should -Be 'Utc'
        $report.ElapsedMs | Should -BeGreaterThan 0
        $report.ProbesPerSecond | Should -BeGreaterThan 0
        $report.Source | Should -Be ([Environment]::MachineName)
        "$report" | Should -BeLike "127.0.0.1 Up (Connected), 2 of 3 ports open (*$open*)"
    }

    It 'tries the 1,000 most used ports unless others are given' {
        (Find-OpenPort localhost).PortsScanned | Should -Be 1000
        (Find-OpenPort localhost -TopPorts 20).PortsScanned | Should -Be 20
        (Find-OpenPort localhost 1-20, ssh, $open -ExcludePort 5-9).PortsScanned | Should -Be 17
        (Find-OpenPort localhost:$open -TopPorts 20).OpenPorts.Port | Should -Be $open
    }

    It 'has every port in Results with -IncludeAll' {
        $report = Find-OpenPort localhost 1-20, $open -IncludeAll

        $report.Results.Port | Should -Be (@(1..20) + $open)
        $report.Results[-1].State | Should -Be 'Open'
    }

    It 'counts silent ports as filtered' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux drops handshakes when a queue is full' }
        $silent = New-SilentPort
        try {
            $report = Find-OpenPort 127.0.0.1 $silent.Port -TimeoutMilliseconds 300
        }
        finally {
            $silent.Sockets.ForEach('Dispose')
        }

        $report.FilteredCount | Should -Be 1
        # Silence is no sign of life, and no sign of death either.
        $report.HostState | Should -Be 'Unknown'
        $report.HostReason | Should -Be 'TimedOut'
        $report.LatencyMs | Should -BeNullOrEmpty
    }

    It 'goes through other cmdlets' {
        Find-OpenPort localhost $open | ForEach-Object OpenPorts | Test-TcpPort -Quiet | Should -BeTrue
        (Find-OpenPort localhost $open | Find-OpenPort -Port $closed).ClosedCount | Should -Be 1
        (Start-EchoServer | ForEach-Object { $_ | Find-OpenPort; $_ | Stop-SocketServer }).OpenCount | Should -Be 1
        ("ComputerName,Port", "localhost,$open", "127.0.0.1,`"$open, $closed`"" | ConvertFrom-Csv | Find-OpenPort).OpenCount | Should -Be @(1, 1)
    }

    It 'flags a host where everything is open' {
        $listeners = 1..20 | ForEach-Object { Start-TestListener }
        try {
            $report = Find-OpenPort 127.0.0.1 $listeners.LocalEndpoint.Port
        }
        finally {
            $listeners.ForEach('Stop')
        }

        $report.IsSuspicious | Should -BeTrue
        $report.Suspicion | Should -BeLike '20 of 20 ports are open*'
        $screen = $report | ConvertTo-Screen
        $screen | Should -HaveCount 15
        $screen[12] | Should -BeLike '*and 10 more*'
        $screen[13] | Should -BeLike '*suspicious: 20 of 20 ports are open*'
    }

    It 'ends at once when Select-Object has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $reports = @(Find-OpenPort 127.0.0.0/8 $closed -SkipHostDiscovery | Select-Object -First 2)

        $reports.Count | Should -Be 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'it has to end without scanning the rest'
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'port 70000'; Arguments = @{ Port = 70000 }; Id = 'ParameterArgumentTransformationError,*' }
        @{ Case = 'more ports than the list has'; Arguments = @{ TopPorts = 1001 }; Id = 'ParameterArgumentValidationError,*' }
        @{ Case = 'ports and the most used ones'; Arguments = @{ Port = 22; TopPorts = 10 }; Id = 'AmbiguousParameterSet,*' }
        @{ Case = 'ports that are all left out'; Arguments = @{ Port = 22; ExcludePort = 'ssh'; ErrorAction = 'Stop' }; Id = 'PortMissing,*' }
    ) {
        { Find-OpenPort localhost @Arguments } | Should -Throw -ErrorId $Id
    }
}

Describe 'Find-OpenPort and a network' {
    BeforeAll {
        # A link at whose other end nobody is, and a network behind it that swallows everything.
        $obstacle = Get-NetworkObstacle -NameServer
        if (-not $obstacle) {
            $answer = Invoke-WithOwnNetwork -Folder $TestDrive -NameServer -Script {
                ip link add near type veth peer name far
                ip address add 192.0.2.1/24 dev near
                ip link set near up
                ip link set far up
                ip neighbour add 192.0.2.254 lladdr 02:00:00:00:00:01 dev near nud permanent
                ip route add 198.51.100.0/24 via 192.0.2.254
                $port = (Start-EchoServer -Address 0.0.0.0).Port

                function Measure-Find([scriptblock] $Find) {
                    $clock = [System.Diagnostics.Stopwatch]::StartNew()
                    $all = @(& $Find 6>&1)
                    [pscustomobject]@{
                        Seconds = $clock.Elapsed.TotalSeconds
                        Told    = @($all | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { "$_" })
                        Reports = @($all | Where-Object { $_ -is [SocketTools.PortScanReport] })
                    }
                }

                # One of these addresses is this host's own.
                $link = Measure-Find { Find-OpenPort 192.0.2.1-251 $port }
                $behind = Measure-Find { Find-OpenPort 198.51.100.1-250 }
                $down = Measure-Find { Find-OpenPort 198.51.100.1-3 -IncludeDown -TimeoutMilliseconds 500 }
                $scanned = Measure-Find { Find-OpenPort 198.51.100.1-3 80, 443 -SkipHostDiscovery -TimeoutMilliseconds 500 }
                $named = Measure-Find { Find-OpenPort nosuch.example.test, near.example.test, 192.0.2.10 53, 54 -TimeoutMilliseconds 500 -WarningAction SilentlyContinue }
                $noRoute = Measure-Find { Find-OpenPort 203.0.113.0/29 80 }
                # Without the right to send echo requests.
                $connects = setpriv --bounding-set -net_raw --inh-caps -net_raw (Get-Process -Id $PID).Path -NoProfile -Command {
                    param($manifest)
                    Import-Module $manifest
                    Find-OpenPort 192.0.2.1-9 1 -Verbose -TimeoutMilliseconds 500 4>&1 6>&1 | ForEach-Object { "$_" }
                } -args (Get-Module SocketTools).Path

                $sockets = { @(Get-ChildItem "/proc/$PID/fd" | ForEach-Object Target | Where-Object { $_ -like 'socket:*' }).Count }
                $before = & $sockets
                $shell = [powershell]::Create().AddScript("Import-Module '$((Get-Module SocketTools).Path)'; Find-OpenPort 127.0.0.0/8, 198.51.100.0/24")
                $output = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
                $handle = $shell.BeginInvoke($output, $output)
                while ($output.Count -lt 500) { [System.Threading.Thread]::Yield() | Out-Null }
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $stopMs = $clock.Elapsed.TotalMilliseconds

                # A thread that was just about to connect closes its socket itself.
                while ((& $sockets) -gt $before -and $clock.Elapsed.TotalSeconds -lt 10) { [System.Threading.Thread]::Yield() | Out-Null }

                [pscustomobject]@{
                    Link = $link; Behind = $behind; Down = $down; Scanned = $scanned; Named = $named; NoRoute = $noRoute
                    Connects = $connects; StopMs = $stopMs; Left = (& $sockets) - $before; Port = $port
                }
            }
        }
    }

    BeforeEach {
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
    }

    It 'finds the only host of a link in seconds' {
        $report = $answer.Link.Reports

        $report.ComputerName | Should -Be '192.0.2.1'
        $report.HostState | Should -Be 'Up'
        $report.HostReason | Should -Be 'EchoReply'
        $report.OpenPorts.Port | Should -Be $answer.Port
        $answer.Link.Told | Should -BeLike '250 of 251 hosts were not found up (*TimedOut *-IncludeDown*'
        $answer.Link.Seconds | Should -BeLessThan 15
    }

    It 'gives up on 250 addresses that swallow everything in seconds' {
        $answer.Behind.Reports | Should -BeNullOrEmpty
        $answer.Behind.Told | Should -BeLike '250 of 250 hosts*'
        $answer.Behind.Seconds | Should -BeLessThan 15
    }

    It 'reports hosts that are down when that is wanted' {
        $answer.Down.Reports.ComputerName | Sort-Object | Should -Be @('198.51.100.1', '198.51.100.2', '198.51.100.3')
        $answer.Down.Reports.HostState | Should -Be @('Down', 'Down', 'Down')
        $answer.Down.Reports.HostReason | Should -Be @('TimedOut', 'TimedOut', 'TimedOut')
        $answer.Down.Reports.PortsScanned | Should -Be @(0, 0, 0)
        $answer.Down.Told | Should -BeNullOrEmpty
        $answer.Down.Reports[0] | ConvertTo-Screen | Should -Match '^198\.51\.100\.\d is down \(TimedOut\)$'
    }

    It 'scans them all the same when that is wanted' {
        $answer.Scanned.Reports.FilteredCount | Should -Be @(2, 2, 2)
        $answer.Scanned.Reports.HostState | Should -Be @('Unknown', 'Unknown', 'Unknown')
        $answer.Scanned.Told | Should -BeNullOrEmpty
    }

    It 'has a report for every host that was named' {
        $bad, $near, $silent = 'nosuch.example.test', 'near.example.test', '192.0.2.10' |
            ForEach-Object { $name = $_; $answer.Named.Reports | Where-Object ComputerName -EQ $name }

        $answer.Named.Reports.Count | Should -Be 3
        "$($bad.HostState) $($bad.HostReason) $($bad.PortsScanned)" | Should -Be 'Unknown NameNotResolved 0'
        "$($near.HostState) $($near.HostReason) $($near.OpenCount)" | Should -Be 'Up Connected 1'
        $near | ForEach-Object { $_.Address } | Should -Be '127.0.0.1'
        "$($silent.HostState) $($silent.HostName) $($silent.FilteredCount)" | Should -Be 'Unknown web1.example.test 2'
        ($silent | ConvertTo-Screen)[0] | Should -BeExactly '192.0.2.10 (web1.example.test) is unknown (TimedOut)'
    }

    It 'says so when there is no way to a network' {
        $answer.NoRoute.Reports | Should -BeNullOrEmpty
        $answer.NoRoute.Told | Should -BeLike '8 of 8 hosts*(NetworkUnreachable 8)*'
    }

    It 'finds hosts by connections where echo requests are not allowed' {
        $answer.Connects | Should -Contain 'Looking for hosts by connects to TCP ports 443,80,22 only: this process may not send ICMP echo requests.'
        $answer.Connects | Should -Contain '192.0.2.1 Up (ConnectionRefused), 0 of 1 ports open'
        $answer.Connects[-1] | Should -BeLike '8 of 9 hosts*'
    }

    It 'ends at once on Ctrl+C and leaves no socket' {
        $answer.StopMs | Should -BeLessThan 200
        $answer.Left | Should -BeLessOrEqual 0
    }
}

Describe 'A report that is kept' {
    BeforeAll {
        $report = Find-OpenPort 127.0.0.1 1-20, $open -IncludeAll
        $report | Export-Clixml TestDrive:/report.xml
        $copies = @(
            Import-Clixml TestDrive:/report.xml
            Start-Job -ArgumentList (Get-TestedManifest), $open -ScriptBlock {
                param($manifest, $open)
                Import-Module $manifest
                Find-OpenPort 127.0.0.1 1-20, $open -IncludeAll
            } | Receive-Job -Wait -AutoRemoveJob
        )
    }

    It 'keeps its rows and its words in a file and in a job' {
        foreach ($copy in $copies) {
            $copy.HostState | Should -BeExactly 'Up'
            $copy.HostReason | Should -BeExactly 'Connected'
            $copy.OpenPorts.Count | Should -Be 1
            $copy.OpenPorts[0].Port | Should -Be $open
            $copy.OpenPorts[0].State | Should -BeExactly 'Open'
            $copy.OpenPorts[0].PSTypeNames | Should -Contain 'Deserialized.SocketTools.TcpPortResult'
            $copy.Results.Count | Should -Be 21
            $copy.Results[0].Reason | Should -BeExactly 'ConnectionRefused'
            $copy.Reasons[0].Count | Should -Be 20
            $copy.Reasons[0].State | Should -BeExactly 'Closed'
            $copy.StartTime.Kind | Should -Be 'Utc'
            ($copy.OpenPorts | Test-TcpPort).State | Should -Be 'Open'
            ($copy | Find-OpenPort -Port $open).OpenCount | Should -Be 1
        }
    }

    It 'is whole as JSON' {
        $copy = $report | ConvertTo-Json -WarningVariable warnings | ConvertFrom-Json

        $warnings | Should -BeNullOrEmpty
        $copy.OpenPorts[0].Port | Should -Be $open
        $copy.Results.Count | Should -Be 21
        $copy.Reasons[0].ErrorName | Should -Be 'ECONNREFUSED'
    }
}

Describe 'The view of a report' {
    It 'is a block with the open ports and the rest by reason' {
        $screen = Find-OpenPort 127.0.0.1 1-20, $open -SkipReverseLookup | ConvertTo-Screen

        $screen | Should -HaveCount 4
        $screen[0] | Should -Match '^127\.0\.0\.1 is up \(Connected, \d+[.,]\d\d ms\)$'
        $screen[1] | Should -Match '^   Port Service +Ms$'
        $screen[2] | Should -Match "^ +$open +\S* +\d+[.,]\d\d$"
        $screen[3] | Should -Match '^  20 closed: ECONNREFUSED; 21 ports in \d+[.,]\d\d s$'
    }

    It 'names the services, and the address and its name' {
        $screen = Find-OpenPort localhost $open -SkipReverseLookup | ConvertTo-Screen
        $screen[0] | Should -Match '^localhost \[(127\.0\.0\.1|::1)\] is up '

        $report = Find-OpenPort 127.0.0.1 $open
        if ($report.HostName) {
            ($report | ConvertTo-Screen)[0] | Should -BeLike "127.0.0.1 ($($report.HostName)) is up *"
        }
    }

    It 'is two lines for a host without open ports' {
        $screen = Find-OpenPort 127.0.0.1 1-5 | ConvertTo-Screen

        $screen | Should -HaveCount 2
        $screen[1] | Should -Match '^  no open port, 5 closed: ECONNREFUSED; 5 ports in '
    }

    It 'is a table with Format-Table' {
        $screen = Find-OpenPort 127.0.0.1 $open, $closed | Format-Table | ConvertTo-Screen

        $screen[0] | Should -Match '^ComputerName +State +Reason +Scanned +Open OpenPorts$'
        $screen[2] | Should -Match "^127\.0\.0\.1 +Up +Connected +2 +1 +$open$"
    }
}

Describe 'Find-OpenPort, completion' {
    It 'offers services for a port' {
        Get-Completion 'Find-OpenPort localhost -Port htt' | Should -Contain 'https'
    }

    It 'knows the properties of a report' {
        Get-Completion 'Find-OpenPort localhost | Where-Object IsS' | Should -Be 'IsSuspicious'
    }
}
