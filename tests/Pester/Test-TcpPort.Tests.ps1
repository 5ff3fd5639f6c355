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

Describe 'Test-TcpPort' {
    It 'tells of an open port what it is, why, and how long it took' {
        $result = Test-TcpPort localhost $open

        $result | Should -BeOfType SocketTools.TcpPortResult
        $result.ComputerName | Should -BeExactly 'localhost'
        $result.Address | Should -Be '127.0.0.1'
        $result.Port | Should -Be $open
        $result.State | Should -Be 'Open'
        $result.Reason | Should -Be 'Connected'
        $result.ErrorCode | Should -Be 0
        $result.ErrorName | Should -BeNullOrEmpty
        $result.LatencyMs | Should -BeGreaterThan 0
        $result.Source | Should -Be ([Environment]::MachineName)
        $result.Timestamp.Kind | Should -Be 'Utc'
    }

    It 'shows what the server says' {
        $server = Start-EchoServer
        try { $result = $server | Test-TcpPort -Payload "hello`n" } finally { $server | Stop-SocketServer }

        $result.Banner | Should -BeExactly 'hello'
        $result.BannerBytes | Should -Be ([Text.Encoding]::UTF8.GetBytes("hello`n"))
        $result | Out-String | Should -Match 'State\s+Banner'
        $result | Out-String | Should -Match 'Open\s+hello'
    }

    It 'sends from the address that it is given' {
        (Test-TcpPort 127.0.0.1 $open -SourceAddress 127.0.0.9).State | Should -Be 'Open'
        { Test-TcpPort 127.0.0.1 $open -SourceAddress 192.0.2.1 } | Should -Throw '*not an address of this computer*'
    }

    It 'tells of a closed port who refused' {
        $result = Test-TcpPort 127.0.0.1 $closed

        $result.State | Should -Be 'Closed'
        $result.Reason | Should -Be 'ConnectionRefused'
        $result.ErrorName | Should -BeExactly 'ECONNREFUSED'
        $result.ErrorCode | Should -BeGreaterThan 0
        "$result" | Should -BeLike "*127.0.0.1*$closed*Closed*"
    }

    It 'calls a port that does not answer filtered' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux drops handshakes when a queue is full' }
        $silent = New-SilentPort
        try {
            $result = Test-TcpPort 127.0.0.1 $silent.Port -TimeoutMilliseconds 300
        }
        finally {
            $silent.Sockets.ForEach('Dispose')
        }

        $result.State | Should -Be 'Filtered'
        $result.Reason | Should -Be 'TimedOut'
        $result.ErrorName | Should -BeExactly 'ETIMEDOUT'
        $result.LatencyMs | Should -BeNullOrEmpty
    }

    It 'reaches IPv6' {
        try { $server = Start-EchoServer -Address ::1 } catch { Set-ItResult -Skipped -Because 'this system has no IPv6 loopback' }
        try {
            $results = Test-TcpPort "[::1]:$($server.Port)", ::1 $server.Port
            $none = Test-TcpPort ::1 $server.Port -IPv4 -WarningAction SilentlyContinue
        }
        finally {
            Stop-SocketServer $server
        }

        $results.State | Should -Be @('Open', 'Open')
        $results | ForEach-Object { $_.Address } | Should -Be @('::1', '::1')
        $none.State | Should -Be 'Unknown'
        $none.Reason | Should -Be 'NoAddress'
    }
}

Describe 'Test-TcpPort, hosts' {
    It 'takes end points and URLs, which bring their port' {
        $results = Test-TcpPort localhost:$open, 127.0.0.1:$closed, https://localhost, http://localhost:$alsoOpen/health

        $results.Count | Should -Be 4
        ($results | Where-Object Port -EQ $open).State | Should -Be 'Open'
        ($results | Where-Object Port -EQ $closed).State | Should -Be 'Closed'
        ($results | Where-Object Port -EQ $alsoOpen).State | Should -Be 'Open'
        ($results | Where-Object Port -EQ 443).Service | Should -Be 'https'
    }

    It 'takes blocks and ranges' {
        (Test-TcpPort 127.0.0.0/30 $closed -TimeoutMilliseconds 500).ComputerName | Sort-Object |
            Should -Be @('127.0.0.0', '127.0.0.1', '127.0.0.2', '127.0.0.3')
        (Test-TcpPort 127.0.0.1-3 $closed -TimeoutMilliseconds 500).Count | Should -Be 3
    }

    It 'takes hosts from the pipeline' {
        $results = 'localhost', '127.0.0.1' | Test-TcpPort -Port 22

        ($results.ComputerName | Sort-Object) | Should -Be @('127.0.0.1', 'localhost')
        $results.Port | Should -Be @(22, 22)
        $results.Service | Should -Be @('ssh', 'ssh')
    }

    It 'takes .NET''s addresses and end points' {
        $results = [ipaddress]::Loopback, [uri] "http://127.0.0.1:$open", $listener.LocalEndpoint | Test-TcpPort -Port $open

        $results.State | Should -Be @('Open', 'Open', 'Open')
    }

    It 'takes the rows of a CSV file' {
        $rows = "localhost,$open", "127.0.0.1,`"$open, $closed`"", "127.0.0.1,$closed"
        Set-Content -Path TestDrive:/hosts.csv -Value (@('ComputerName,Port') + $rows)
        $results = Import-Csv TestDrive:/hosts.csv | Test-TcpPort

        @($results | Where-Object State -EQ Open).Count | Should -Be 2
        @($results | Where-Object State -EQ Closed).Count | Should -Be 2
    }

    It 'takes a host from a property <Header>' -ForEach @(
        @{ Header = 'ComputerName' }, @{ Header = 'Cn' }, @{ Header = 'HostName' }, @{ Header = 'IPAddress' }
        @{ Header = 'DNSHostName' }, @{ Header = 'RemoteAddress' }, @{ Header = 'Host' }
    ) {
        $result = "$Header,Port,Name", "127.0.0.1,$open,first" | ConvertFrom-Csv | Test-TcpPort

        $result.State | Should -Be 'Open'
    }

    It 'refuses a row without a host, says what it would take, and goes on' {
        $results = "Server,Port", "127.0.0.1,$open" | ConvertFrom-Csv | Test-TcpPort -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].Exception.Message | Should -BeLike '*Server, Port*ComputerName*HostName*'
        $results | Should -BeNullOrEmpty

        $results = '', '127.0.0.1' | Test-TcpPort -Port $open -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.Count | Should -Be 1
        $results.State | Should -Be 'Open'
    }

    It 'takes what other cmdlets give' {
        (Resolve-HostInfo localhost | Test-TcpPort -Port $open).State | Should -Be 'Open'
        (Test-TcpPort localhost $open, $closed | Test-TcpPort | Sort-Object State).State | Should -Be @('Open', 'Closed')
        (Get-ServiceByName ssh -Protocol Tcp | Test-TcpPort localhost).Port | Should -Be 22
    }

    It 'goes on after a name that does not resolve, and finds every address of one that does' {
        $obstacle = Get-NetworkObstacle -NameServer
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
        $answer = Invoke-WithOwnNetwork -Folder $TestDrive -NameServer -Script {
            $ErrorActionPreference = 'Stop'
            $results = Test-TcpPort nosuch.example.test, near.example.test 53, 54 -WarningVariable warnings -WarningAction SilentlyContinue
            $server = Start-EchoServer -Address 127.0.0.2
            [pscustomobject]@{
                Bad      = $results | Where-Object ComputerName -EQ nosuch.example.test
                Good     = $results | Where-Object ComputerName -EQ near.example.test | Sort-Object Port
                Warnings = @($warnings.Message)
                Many     = Test-TcpPort many.example.test $server.Port
                All      = Test-TcpPort many.example.test $server.Port -AllAddresses
                Named    = Test-TcpPort 192.0.2.10 53 -ResolveNames
                Quiet    = Test-TcpPort nosuch.example.test 53 -Quiet -WarningAction SilentlyContinue
            }
        }

        $answer.Bad.State | Should -Be @('Unknown', 'Unknown')
        $answer.Bad.Reason | Should -Be @('NameNotResolved', 'NameNotResolved')
        $answer.Good.State | Should -Be @('Open', 'Closed')
        $answer.Warnings.Count | Should -Be 1
        $answer.Warnings[0] | Should -BeLike '*nosuch.example.test*'
        $answer.Quiet | Should -BeFalse
        # Of several addresses the one that has the port open, whatever their order.
        $answer.Many.State | Should -Be 'Open'
        $answer.Many.Address | Should -Be '127.0.0.2'
        $answer.All | Sort-Object Address | ForEach-Object { "$($_.Address) $($_.State)" } | Should -Be @('127.0.0.2 Open', '127.0.0.3 Closed')
        $answer.Named.HostName | Should -Be 'web1.example.test'
        $answer.Named.State | Should -BeIn @('Filtered', 'Unknown')
    }
}

Describe 'Test-TcpPort, ports' {
    It 'takes ranges, names and numbers' {
        (Test-TcpPort localhost 1..1024, ldap, 3389).Count | Should -Be 1025
        (Test-TcpPort localhost 1-20, ldap, 3389 | Sort-Object Port).Port | Should -Be (@(1..20) + 389 + 3389)
        (Test-TcpPort localhost '22, 80-81, http' | Sort-Object Port).Port | Should -Be @(22, 80, 81)
        (Test-TcpPort localhost (80..82) | Sort-Object Port).Port | Should -Be @(80, 81, 82)
        (Test-TcpPort localhost $open, '22').Count | Should -Be 2
    }

    It 'writes only the states that are wanted' {
        $results = Test-TcpPort localhost 1..1024, ldap, 3389, $open -State Open

        $results.Port | Should -Contain $open
        $results.State | Sort-Object -Unique | Should -Be 'Open'
        (Test-TcpPort localhost $open, $closed -State Closed, Filtered).Port | Should -Be $closed
        Test-TcpPort localhost $closed -State Open | Should -BeNullOrEmpty
    }

    It 'finds a listener among all ports' {
        if ($IsMacOS) { Set-ItResult -Skipped -Because 'macOS has only one loopback address, and others use it' }
        $lonely = Start-TestListener -Address 127.9.8.7
        $number = $lonely.LocalEndpoint.Port
        try {
            $found = (Test-TcpPort 127.9.8.7 1-65535 -State Open).Port
        }
        finally {
            $lonely.Stop()
        }

        $found | Should -Contain $number
        $found | Should -Not -Contain $open
        ($found | Sort-Object -Unique).Count | Should -Be @($found).Count
    }

    It 'takes the most used ports' {
        $results = Test-TcpPort 127.0.0.1 -TopPorts 100

        $results.Count | Should -Be 100
        ($results.Port | Sort-Object -Unique).Count | Should -Be 100
        80, 443, 22, 3389, 445 | ForEach-Object { $_ | Should -BeIn $results.Port }
        (Test-TcpPort 127.0.0.1 -TopPorts 3 -ExcludePort https).Port | Sort-Object | Should -Be @(22, 80)
        { Test-TcpPort 127.0.0.1 -Port 80 -TopPorts 3 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Test-TcpPort 127.0.0.1 -TopPorts 1001 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'takes the most used ports of hosts in the pipeline, but those that a host brings' {
        $rows = 'ComputerName,Port', "127.0.0.1,$open", "127.0.0.2:$open,1" | ConvertFrom-Csv
        $results = $rows | Test-TcpPort -TopPorts 10

        @($results | Where-Object ComputerName -EQ 127.0.0.1).Count | Should -Be 10
        ($results | Where-Object ComputerName -EQ 127.0.0.2).Port | Should -Be $open
    }

    It 'leaves ports out' {
        (Test-TcpPort localhost 1-6 -ExcludePort 2, 4-5 | Sort-Object Port).Port | Should -Be @(1, 3, 6)
        (Test-TcpPort localhost ssh, https -ExcludePort ssh).Port | Should -Be 443
    }

    It 'keeps to a rate, a number of retries and a limit' {
        (Test-TcpPort localhost 1-20, $open -MaximumRate 10000 -RetryCount 0 -ThrottleLimit 2 -State Open).Port | Should -Contain $open
        { Test-TcpPort localhost 1 -RetryCount -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'says that a host without a port needs one' {
        $errors = $null
        $result = Test-TcpPort localhost -ErrorVariable errors -ErrorAction SilentlyContinue

        $result | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PortMissing,*'
        $errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        { Test-TcpPort localhost -ErrorAction Stop } | Should -Throw -ErrorId 'PortMissing,*' -ExpectedMessage '*-Port*'
    }

    It 'refuses <Case> at binding' -ForEach @(
        @{ Case = 'port 70000'; Hosts = 'localhost'; Ports = 70000; Says = '*1 to 65535*' }
        @{ Case = 'port 0'; Hosts = 'localhost'; Ports = 0; Says = '*1 to 65535*' }
        @{ Case = 'a range from high to low'; Hosts = 'localhost'; Ports = '9-3'; Says = '*3-9*' }
        @{ Case = 'an unknown service'; Hosts = 'localhost'; Ports = 'no-such-service'; Says = '*no-such-service*https*' }
        @{ Case = 'a host with a blank'; Hosts = 'a b'; Ports = 22; Says = '*a b*db1:5432*' }
        @{ Case = 'a path'; Hosts = '/etc/hosts'; Ports = 22; Says = '*/etc/hosts*' }
        @{ Case = 'an impossible block'; Hosts = '10.0.0.0/33'; Ports = 22; Says = '*10.0.0.0/33*' }
        @{ Case = 'no text for a host'; Hosts = ''; Ports = 22; Says = '*blank*' }
        @{ Case = 'null for a host'; Hosts = $null; Ports = 22; Says = '*null*' }
    ) {
        { Test-TcpPort $Hosts $Ports } | Should -Throw -ErrorId 'ParameterArgument*Error*,*' -ExpectedMessage $Says
    }
}

Describe 'Test-TcpPort and all ports of a host' {
    BeforeAll {
        # On a network of its own: a scan of all ports disturbs whoever counts connections, and nobody else opens a port.
        $obstacle = Get-NetworkObstacle
        if (-not $obstacle) {
            $answer = Invoke-WithOwnNetwork -Folder $TestDrive -Script {
                $ports = (Start-EchoServer).Port, (Start-EchoServer 8443).Port, (Start-EchoServer 9).Port
                Test-TcpPort localhost 1-65535 -State Open | Sort-Object Port | Export-Csv "$PSScriptRoot/ports.csv" -NoTypeInformation
                Test-TcpPort localhost 1-65535 -State Open | Sort-Object Port | Export-Clixml "$PSScriptRoot/ports.xml"
                [pscustomobject]@{
                    Ports = $ports | Sort-Object
                    Json  = Test-TcpPort localhost 1-65535 -State Open | Sort-Object Port | ConvertTo-Json
                    Few   = (Test-TcpPort localhost -Port 1-1024,8000-9000 -State Open | Sort-Object Port).Port
                    Count = (Test-TcpPort localhost 1-65535 | Measure-Object).Count
                }
            }
        }
    }

    BeforeEach {
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
    }

    It 'finds all listeners and nothing else, as JSON' {
        $rows = $answer.Json | ConvertFrom-Json

        $rows.Port | Should -Be $answer.Ports
        $rows.ComputerName | Should -Be @('localhost', 'localhost', 'localhost')
        $rows.ErrorCode | Should -Be @(0, 0, 0)
        $answer.Few | Should -Be @(9, 8443)
        $answer.Count | Should -Be 65535
    }

    It 'finds them again in a CSV file' {
        $rows = Import-Csv "$TestDrive/ports.csv"

        $rows.Port | Should -Be $answer.Ports
        $rows.State | Should -Be @('Open', 'Open', 'Open')
        $rows[0].Service | Should -Be 'discard'
    }

    It 'finds them again in a CLIXML file' {
        $rows = Import-Clixml "$TestDrive/ports.xml"

        $rows.Port | Should -Be $answer.Ports
        $rows.State | Should -Be @('Open', 'Open', 'Open')
        ($rows | ConvertTo-Screen)[2] | Should -Match '^localhost \[127\.0\.0\.1\] +9 discard +Open +Connected +\d+[.,]\d\d$'
    }
}

Describe 'Test-TcpPort in a session that may open few files' {
    It 'answers completely, and the session lives on' {
        if (-not $IsLinux -or -not (Get-Command -Name prlimit -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'prlimit of util-linux sets the limit'
        }
        $answer = Invoke-FreshSession {
            param($manifest)
            $held = @(Get-ChildItem -LiteralPath /proc/$PID/fd).Count
            prlimit --pid $PID "--nofile=$($held + 64)"
            Import-Module $manifest
            $results = Test-TcpPort 127.9.9.9 1-20000
            [pscustomobject]@{
                Count  = @($results.Port | Sort-Object -Unique).Count
                States = @($results | Group-Object State | ForEach-Object Name)
            }
        }

        $answer.Count | Should -Be 20000
        # Of other programs some may listen on every address.
        $answer.States | Where-Object { $_ -notin 'Closed', 'Open' } | Should -BeNullOrEmpty
    }
}

Describe 'Test-TcpPort -Quiet' {
    It 'is one Boolean: all open' {
        Test-TcpPort localhost, 127.0.0.1 $open -Quiet | Should -BeExactly $true
        Test-TcpPort localhost $open, $closed -Quiet | Should -BeExactly $false
        'localhost', '127.0.0.1' | Test-TcpPort -Port $open, $alsoOpen -Quiet | Should -BeExactly $true
    }

    It 'decides a condition' {
        $answer = if (Test-TcpPort localhost, 127.0.0.1 $open -Quiet) { 'up' } else { 'down' }
        $answer | Should -Be 'up'
        $answer = if (Test-TcpPort localhost $closed -Quiet) { 'up' } else { 'down' }
        $answer | Should -Be 'down'
    }
}

Describe 'Test-TcpPort in the pipeline' {
    It 'ends at once when Select-Object has enough' {
        # All of it would be sixteen million ports.
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $results = Test-TcpPort 127.0.0.0/8 $closed | Select-Object -First 2

        $results.Count | Should -Be 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'it has to end without testing the rest'
    }

    It 'ends at once on -ErrorAction Stop' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()

        { "localhost", "127.0.0.0/8:$closed" | Test-TcpPort -ErrorAction Stop | Out-Null } | Should -Throw -ErrorId 'PortMissing,*'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'filters, sorts and groups' {
        $results = Test-TcpPort localhost $closed, $open, $alsoOpen

        ($results | Sort-Object Port).Port | Should -Be (@($closed, $open, $alsoOpen) | Sort-Object)
        @($results | Where-Object State -EQ Open).Count | Should -Be 2
        ($results | Group-Object State -AsHashTable -AsString).Keys | Sort-Object | Should -Be @('Closed', 'Open')
    }

    It 'is flat and readable as JSON' {
        $row = Test-TcpPort localhost $open | ConvertTo-Json | ConvertFrom-Json

        $row.ComputerName | Should -Be 'localhost'
        $row.Port | Should -Be $open
        $row.ErrorCode | Should -Be 0
        foreach ($property in $row.PSObject.Properties | Where-Object { $null -ne $_.Value }) {
            $property.Value -is [string] -or $property.Value -is [ValueType] | Should -BeTrue -Because "$($property.Name) is one value"
        }
    }

    It 'has its words in JSON with -EnumsAsStrings' {
        if ($PSVersionTable.PSVersion.Major -lt 7) { Set-ItResult -Skipped -Because 'Windows PowerShell has no -EnumsAsStrings' }

        Test-TcpPort localhost $open | ConvertTo-Json -EnumsAsStrings | Should -BeLike '*"State": "Open"*"Reason": "Connected"*'
    }

    It 'comes back from a CSV file' {
        Test-TcpPort localhost $open, $closed | Export-Csv TestDrive:/ports.csv -NoTypeInformation
        $row = Import-Csv TestDrive:/ports.csv | Where-Object Port -EQ $open

        $row.State | Should -BeExactly 'Open'
        $row.Reason | Should -BeExactly 'Connected'
        (Get-Content TestDrive:/ports.csv -Raw) | Should -Not -BeLike '*System.*'
        ($row | Test-TcpPort).State | Should -Be 'Open'
    }

    It 'comes back from a CLIXML file' {
        Test-TcpPort localhost $open, $closed | Export-Clixml TestDrive:/ports.xml
        $row = Import-Clixml TestDrive:/ports.xml | Where-Object Port -EQ $open

        $row.State | Should -BeExactly 'Open'
        $row.Port | Should -BeOfType int
        $row.LatencyMs | Should -BeOfType double
        $row.Timestamp.Kind | Should -Be 'Utc'
        ($row | Test-TcpPort).State | Should -Be 'Open'
    }

    It 'works in many runspaces at once' {
        if ($PSVersionTable.PSVersion.Major -lt 7) { Set-ItResult -Skipped -Because 'Windows PowerShell has no ForEach-Object -Parallel' }
        $manifest = Get-TestedManifest
        $results = 1..16 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            Test-TcpPort localhost $using:open, $using:closed
        }

        $results.Count | Should -Be 32
        @($results | Where-Object { $_.State -ne $(if ($_.Port -eq $open) { 'Open' } else { 'Closed' }) }).Count | Should -Be 0
    }

    It 'goes through a job' {
        $results = Start-Job -ArgumentList (Get-TestedManifest), $open, $closed -ScriptBlock {
            param($manifest, $open, $closed)
            Import-Module $manifest
            Test-TcpPort localhost $open, $closed
        } | Receive-Job -Wait -AutoRemoveJob

        @($results | Where-Object { $_.State -eq 'Open' }).Port | Should -Be $open
        @($results | Where-Object State -EQ Closed).Port | Should -Be $closed
        ($results | Test-TcpPort | Where-Object State -EQ Open).Port | Should -Be $open
    }
}

Describe 'Test-TcpPort, completion' {
    It 'offers services for a port' {
        $offered = Get-Completion 'Test-TcpPort localhost -Port htt'

        $offered | Select-Object -First 2 | Should -Be @('http', 'https')
        $offered | Where-Object { $_ -notlike 'htt*' } | Should -BeNullOrEmpty
        Get-Completion 'Test-TcpPort localhost htt' | Should -Contain 'https'
        Get-Completion 'Test-TcpPort localhost 22, htt' | Should -Contain 'https'
    }

    It 'says which number a service has' {
        $line = 'Test-TcpPort localhost -Port https'
        $match = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | Where-Object CompletionText -EQ https

        $match.ToolTip | Should -BeLike '*443*'
    }

    It 'offers the names of the hosts file for a host' {
        Get-Completion 'Test-TcpPort localh' | Should -Contain 'localhost'
        Get-Completion 'Find-OpenPort -ComputerName localh' | Should -Contain 'localhost'
    }

    It 'offers states and properties' {
        Get-Completion 'Test-TcpPort localhost 22 -State ' | Should -Be @('Closed', 'Filtered', 'Open', 'OpenOrFiltered', 'Unknown')
        Get-Completion 'Test-TcpPort localhost 22 | Where-Object Lat' | Should -Be 'LatencyMs'
    }
}

Describe 'Test-TcpPort with a real server' {
    BeforeAll {
        foreach ($name in 'nginx', 'sshd') {
            $null = New-Item -ItemType Directory -Path $TestDrive -Name $name
        }
        $nginx = Start-Nginx -Folder "$TestDrive/nginx"
        $sshd = Start-SshServer -Folder "$TestDrive/sshd"
        $dnsmasq = Start-Dnsmasq
    }

    AfterAll {
        $nginx, $sshd, $dnsmasq | Stop-Daemon
    }

    It 'finds nginx' {
        if (-not $nginx) { Set-ItResult -Skipped -Because 'nginx is not installed' }

        Test-TcpPort localhost $nginx.Port, $nginx.TlsPort -Quiet | Should -BeTrue
        (Test-TcpPort "http://127.0.0.1:$($nginx.Port)/").State | Should -Be 'Open'
    }

    It 'finds OpenSSH''s server' {
        if (-not $sshd) { Set-ItResult -Skipped -Because 'no OpenSSH server can be started here' }

        (Test-TcpPort localhost $sshd.Port).State | Should -Be 'Open'
    }

    It 'finds dnsmasq' {
        if (-not $dnsmasq) { Set-ItResult -Skipped -Because 'dnsmasq is not installed' }

        (Test-TcpPort 127.0.0.1 $dnsmasq.Port).State | Should -Be 'Open'
    }

    It 'sees a server end' {
        if (-not $nginx) { Set-ItResult -Skipped -Because 'nginx is not installed' }
        $null = New-Item -ItemType Directory -Path "$TestDrive/short"
        $short = Start-Nginx -Folder "$TestDrive/short"
        $before = Test-TcpPort 127.0.0.1 $short.Port
        $short | Stop-Daemon

        $before.State | Should -Be 'Open'
        (Test-TcpPort 127.0.0.1 $short.Port).State | Should -Be 'Closed'
    }
}
