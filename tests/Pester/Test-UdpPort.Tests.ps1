BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $silent = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList ([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
    $quiet = $silent.Client.LocalEndPoint.Port
    $echo = Start-UdpEcho
    $gone = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList ([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
    $closed = $gone.Client.LocalEndPoint.Port
    $gone.Dispose()
}

AfterAll {
    $silent.Dispose()
    $echo | Stop-UdpEcho
}

Describe 'Test-UdpPort' {
    It 'tells of a port that answers what it was asked and what it said' {
        $result = Test-UdpPort 127.0.0.1 $echo.Port -Payload "hello`n"

        $result | Should -BeOfType SocketTools.UdpPortResult
        $result.State | Should -Be 'Open'
        $result.Reason | Should -Be 'Replied'
        $result.Probe | Should -Be 'Custom'
        $result.Reply | Should -BeExactly 'hello'
        $result.ReplyBytes | Should -Be ([Text.Encoding]::UTF8.GetBytes("hello`n"))
        $result.ErrorCode | Should -Be 0
        $result.LatencyMs | Should -BeGreaterThan 0
        $result.Attempts | Should -Be 1
        "$result" | Should -BeLike "127.0.0.1:$($echo.Port)/udp Open (Replied, * ms)"
    }

    It 'tells of a closed port who refused' {
        $result = Test-UdpPort 127.0.0.1 $closed

        $result.State | Should -Be 'Closed'
        $result.Reason | Should -Be 'PortUnreachable'
        $result.ErrorName | Should -BeExactly 'ECONNREFUSED'
    }

    It 'calls silence what it is' {
        $result = Test-UdpPort 127.0.0.1 $quiet -TimeoutMilliseconds 300 -RetryCount 1

        $result.State | Should -Be 'OpenOrFiltered'
        $result.Reason | Should -Be 'TimedOut'
        $result.Attempts | Should -BeIn 1, 2
        $result.LatencyMs | Should -BeNullOrEmpty
        $result.Reply | Should -BeNullOrEmpty
    }

    It 'asks well-known ports in their protocol' {
        (Test-UdpPort 127.0.0.1 ntp, 53, 161, 9 -TimeoutMilliseconds 200 | Sort-Object Port).Probe | Should -Be @('Empty', 'DNS', 'NTP', 'SNMP')
    }

    It 'filters by state' {
        (Test-UdpPort 127.0.0.1 $quiet, $closed, $echo.Port -Payload x -TimeoutMilliseconds 300 -State Open).Port | Should -Be $echo.Port
    }

    It 'finds an answer among many closed ports, and no other' {
        $obstacle = Get-NetworkObstacle
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
        $counts = Invoke-WithOwnNetwork -Folder $TestDrive -Script {
            $silent = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList 5000
            Test-UdpPort 127.0.0.1 1-65535 -TimeoutMilliseconds 1000 | Group-Object State -NoElement
            $silent.Dispose()
        }

        ($counts | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) | Should -Be @('Closed 65534', 'OpenOrFiltered 1')
    }

    It 'refuses <Case> at binding' -ForEach @(
        @{ Case = 'an unknown probe'; Words = @{ Probe = 'nothing' }; Says = '*is not a probe*DNS*' }
        @{ Case = 'port 0'; Words = @{ Port = 0 }; Says = '*1 to 65535*' }
        @{ Case = 'a payload that is none'; Words = @{ Payload = @{} }; Says = '*cannot be sent*' }
    ) {
        { Test-UdpPort 127.0.0.1 @Words } | Should -Throw -ExpectedMessage $Says
    }
}

Describe 'Test-UdpPort -Quiet' {
    It 'counts answers only' {
        Test-UdpPort 127.0.0.1 $echo.Port -Payload x -Quiet | Should -BeExactly $true
        Test-UdpPort 127.0.0.1 $quiet -TimeoutMilliseconds 200 -Quiet | Should -BeExactly $false
        Test-UdpPort 127.0.0.1 $closed -Quiet | Should -BeExactly $false
    }

    It 'counts silence when it is asked to' {
        Test-UdpPort 127.0.0.1 $quiet, $echo.Port -Payload x -TimeoutMilliseconds 200 -State Open, OpenOrFiltered -Quiet | Should -BeExactly $true
    }
}

Describe 'Test-UdpPort in the pipeline' {
    It 'ends at once when Select-Object has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $results = Test-UdpPort 127.0.0.0/8 $closed | Select-Object -First 2

        $results.Count | Should -Be 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'it has to end without testing the rest'
    }

    It 'takes host and port from objects' {
        ([pscustomobject]@{ ComputerName = '127.0.0.1'; Port = $echo.Port } | Test-UdpPort -Payload x).State | Should -Be 'Open'
        (Get-ServiceByName ntp -Protocol Udp | Test-UdpPort 127.0.0.1).Port | Should -Be 123
    }

    It 'is readable in files' {
        Test-UdpPort 127.0.0.1 $echo.Port -Payload hi | Tee-Object -Variable result | Export-Csv TestDrive:/ports.csv -NoTypeInformation
        $result | Export-Clixml TestDrive:/ports.xml
        $row, $object = (Import-Csv TestDrive:/ports.csv), (Import-Clixml TestDrive:/ports.xml)

        $row.State, $row.Reason, $row.Reply | Should -Be @('Open', 'Replied', 'hi')
        $object.State, $object.Reason, $object.Reply | Should -Be @('Open', 'Replied', 'hi')
        ($object | Test-UdpPort -Payload x).State | Should -Be 'Open'
    }
}

Describe 'Test-UdpPort, completion' {
    It 'offers probes' {
        Get-Completion 'Test-UdpPort localhost 5300 -Probe d' | Should -Be @('Daytime', 'DNS', 'DTLS')
    }
}

Describe 'The view of a UDP port' {
    It 'is a row that fits the screen' {
        $header, $line, $row = Test-UdpPort 127.0.0.1 123 | ConvertTo-Screen

        $header | Should -Match '^ComputerName +Port Service +State +Reason +Ms$'
        $row | Should -Match '^127\.0\.0\.1 +123 ntp +\w+ +\w+'
        (Test-UdpPort 127.0.0.1 $quiet -TimeoutMilliseconds 100 | ConvertTo-Deserialized | ConvertTo-Screen)[2] |
            Should -Match "^127\.0\.0\.1 +$quiet.* OpenOrFiltered TimedOut$"
    }
}

Describe 'Test-UdpPort with a real server' {
    BeforeAll {
        $dnsmasq = Start-Dnsmasq
    }

    AfterAll {
        $dnsmasq | Stop-Daemon
    }

    It 'finds dnsmasq' {
        if (-not $dnsmasq) { Set-ItResult -Skipped -Because 'dnsmasq is not installed' }
        $result = Test-UdpPort 127.0.0.1 $dnsmasq.Port -Probe dns

        $result.State | Should -Be 'Open'
        $result.Probe | Should -BeExactly 'DNS'
        $result.Reply | Should -BeLike '*version*bind*dnsmasq*'
    }
}
