BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $dns = Start-DnsServer -Zone @{
        'web1.example.test 1'       = 127, 0, 0, 1
        'other.example.test 1'      = 127, 0, 0, 2
        '1.0.0.127.in-addr.arpa 12' = 4, 0x77, 0x65, 0x62, 0x31, 0
    }
    $server = $dns.EndPoint
    $silent = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList (New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([ipaddress]::Loopback), 0)
}

AfterAll {
    $dns | Stop-DnsServer
    $silent.Dispose()
}

Describe 'Resolve-DnsRecord' {
    It 'gives the records of a name' {
        $record = Resolve-DnsRecord web1.example.test -Server $server

        $record | Should -BeOfType SocketTools.DnsRecord
        $record.Name | Should -BeExactly 'web1.example.test'
        $record.Type | Should -Be 'A'
        $record.TimeToLive | Should -Be 60
        $record.Data | Should -Be '127.0.0.1'
        $record.IPAddress | Should -Be '127.0.0.1'
        $record.Server | Should -Be "$server"
        $record.ElapsedMs | Should -BeGreaterThan 0
        "$record" | Should -Be 'web1.example.test 60 A 127.0.0.1'
    }

    It 'gives the names of an address' {
        (Resolve-DnsRecord 127.0.0.1 -Server $server).Target | Should -Be 'web1'
        ([ipaddress]::Loopback | Resolve-DnsRecord -Server $server).Type | Should -Be 'PTR'
    }

    It 'takes several names, from arguments, the pipeline and objects' {
        (Resolve-DnsRecord web1.example.test, other.example.test A -Server $server).Count | Should -Be 2
        ('web1.example.test', 'other.example.test' | Resolve-DnsRecord -Type A -Server $server).IPAddress | Sort-Object | Should -Be @('127.0.0.1', '127.0.0.2')
        ('Name', 'web1.example.test' | ConvertFrom-Csv | Resolve-DnsRecord -Server $server).IPAddress | Should -Be '127.0.0.1'
        @() | Resolve-DnsRecord -Server $server | Should -BeNullOrEmpty
    }

    It 'gives what a port test takes' {
        $listener = Start-TestListener
        try {
            $result = Resolve-DnsRecord web1.example.test A -Server $server | Test-TcpPort -Port $listener.LocalEndpoint.Port
        }
        finally {
            $listener.Stop()
        }

        $result.State | Should -Be 'Open'
    }

    It 'goes on after a name that does not exist' {
        $found = 'nosuch.example.test', 'web1.example.test' | Resolve-DnsRecord -Server $server -ErrorVariable errors -ErrorAction SilentlyContinue

        $found.Name | Should -Be 'web1.example.test'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NameNotResolved,*'
        $errors[0].TargetObject | Should -Be 'nosuch.example.test'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $errors[0].Exception | Should -BeOfType SocketTools.NameResolutionException
        $errors[0].Exception.ErrorName | Should -BeExactly 'NXDOMAIN'
    }

    It 'says that a name has other records' {
        { Resolve-DnsRecord web1.example.test MX -Server $server -ErrorAction Stop } |
            Should -Throw -ErrorId 'NoRecord,*' -ExpectedMessage '*MX*NODATA*-Type*'
    }

    It 'ends in time when the server is silent, and at once when there is none' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        { Resolve-DnsRecord web1.example.test A -Server $silent.Client.LocalEndPoint -TimeoutMs 300 -ErrorAction Stop } |
            Should -Throw -ErrorId 'ResolutionTimedOut,*'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 5

        $closed = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList (New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([ipaddress]::Loopback), 0)
        $nobody = $closed.Client.LocalEndPoint
        $closed.Dispose()
        { Resolve-DnsRecord web1.example.test A -Server $nobody -TimeoutMs 60000 -ErrorAction Stop } |
            Should -Throw -ErrorId 'PortUnreachable,*' -ExpectedMessage '*No DNS server listens*'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'refuses what is no name or type' {
        { Resolve-DnsRecord 'a b' -Server $server } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*a b*'
        { Resolve-DnsRecord "a`0b" -Server $server } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Resolve-DnsRecord ('a' * 64) -Server $server } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*63*'
        { Resolve-DnsRecord web1.example.test ANY -Server $server } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'completes types' {
        Get-Completion 'Resolve-DnsRecord a -Type C' | Should -Be @('CAA', 'CNAME')
    }

    It 'ends at once when Select-Object has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()

        (& { while ($true) { 'web1.example.test' } } | Resolve-DnsRecord -Type A -Server $server | Select-Object -First 2).Count | Should -Be 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'comes back from CLIXML, JSON and CSV' {
        $record = Resolve-DnsRecord web1.example.test -Server $server
        $record | Export-Clixml TestDrive:/record.xml

        (Import-Clixml TestDrive:/record.xml).Type | Should -BeExactly 'A'
        ($record | ConvertTo-Json | ConvertFrom-Json).Data | Should -Be '127.0.0.1'
        ($record | ConvertTo-Csv | ConvertFrom-Csv).IPAddress | Should -Be '127.0.0.1'
    }
}

Describe 'Resolve-DnsRecord and dnsmasq' {
    BeforeAll {
        $dnsmasq = Start-Dnsmasq
    }

    AfterAll {
        $dnsmasq | Stop-Daemon
    }

    It 'gives the <Type> records of <Name>' -ForEach @(
        @{ Name = 'web1.example.test'; Type = 'A'; Data = '192.0.2.10' }
        @{ Name = 'web1.example.test'; Type = 'AAAA'; Data = '2001:db8::10' }
        @{ Name = 'www.example.test'; Type = 'CNAME'; Data = 'web1.example.test.' }
        @{ Name = '2001:db8::10'; Type = 'PTR'; Data = 'web1.example.test.' }
        @{ Name = 'example.test'; Type = 'MX'; Data = '10 web1.example.test.' }
        @{ Name = '_web._tcp.example.test'; Type = 'SRV'; Data = '5 7 443 web1.example.test.' }
        @{ Name = 'example.test'; Type = 'TXT'; Data = '"v=spf1 -all" "second"' }
        @{ Name = 'example.test'; Type = 'CAA'; Data = '0 issue "ca.example.test"' }
        @{ Name = "b$([char] 252)cher.example.test"; Type = 'A'; Data = '127.0.0.4' }
    ) {
        if (-not $dnsmasq) {
            Set-ItResult -Skipped -Because 'dnsmasq is not installed'
            return
        }
        $record = Resolve-DnsRecord $Name $Type -Server "127.0.0.1:$($dnsmasq.Port)"

        $record.Type | Should -Be $Type
        $record.Data | Should -BeExactly $Data
        if ($Type -ne 'PTR') { $record.Name | Should -BeExactly $Name }
    }
}

Describe 'Resolve-DnsRecord without a server' {
    It 'asks those that the system is set up to ask' {
        $obstacle = Get-NetworkObstacle -NameServer
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
            return
        }
        $answer = Invoke-WithOwnNetwork -Folder $TestDrive -NameServer -Script { Resolve-DnsRecord www.example.test -Type A }

        $answer.Data | Should -Be @('web1.example.test.', '192.0.2.10')
        $answer.Server | Should -Be @('127.0.0.1:53', '127.0.0.1:53')
    }
}
