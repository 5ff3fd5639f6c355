BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
}

Describe 'Resolve-HostInfo' {
    It 'finds the addresses of a name' {
        $found = Resolve-HostInfo localhost

        $found | Should -BeOfType SocketTools.HostInfo
        $found.ComputerName | Should -BeExactly 'localhost'
        $found.HostName | Should -Not -BeNullOrEmpty
        $found.Addresses.Count | Should -BeGreaterThan 0
        @($found.IPv4Addresses) + @($found.IPv6Addresses) | Sort-Object | Should -Be ($found.Addresses | Sort-Object)
        $found.Addresses | ForEach-Object { [ipaddress]::IsLoopback($_) } | Should -Not -Contain $false
        $found.ElapsedMs | Should -BeGreaterThan 0
        "$found" | Should -BeLike '*localhost*'
    }

    It 'finds the names of an address' {
        $found = Resolve-HostInfo 127.0.0.1

        $found.ComputerName | Should -Be '127.0.0.1'
        $found.Addresses | Should -Be '127.0.0.1'
        $found.HostName | Should -Not -BeNullOrEmpty
        $found.IPv6Addresses | Should -BeNullOrEmpty
    }

    It 'takes several hosts, from arguments and the pipeline' {
        (Resolve-HostInfo localhost, 127.0.0.1).Count | Should -Be 2
        ('localhost', '127.0.0.1' | Resolve-HostInfo).ComputerName | Sort-Object | Should -Be @('127.0.0.1', 'localhost')
        ('HostName', 'localhost' | ConvertFrom-Csv | Resolve-HostInfo).ComputerName | Should -Be 'localhost'
        ([ipaddress]::Loopback | Resolve-HostInfo).Addresses | Should -Be '127.0.0.1'
        Resolve-HostInfo -ComputerName @() -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @() | Resolve-HostInfo | Should -BeNullOrEmpty
    }

    It 'takes what a port test gives, and gives what a port test takes' {
        $listener = Start-TestListener
        try {
            $result = Resolve-HostInfo localhost | Test-TcpPort -Port $listener.LocalEndpoint.Port
        }
        finally {
            $listener.Stop()
        }

        $result.State | Should -Be 'Open'
        ($result | Resolve-HostInfo).ComputerName | Should -Be 'localhost'
    }

    It 'keeps to a family' {
        (Resolve-HostInfo localhost -IPv4).IPv6Addresses | Should -BeNullOrEmpty
        { Resolve-HostInfo 127.0.0.1 -IPv6 -ErrorAction Stop } | Should -Throw -ErrorId 'NoAddress,*' -ExpectedMessage '*-IPv6*'
    }

    It 'goes on after an error, which names its host' {
        $found = '::1', '127.0.0.1' | Resolve-HostInfo -IPv4 -ErrorVariable errors -ErrorAction SilentlyContinue

        $found.ComputerName | Should -Be '127.0.0.1'
        $errors.Count | Should -Be 1
        $errors[0].TargetObject | Should -Be '::1'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $errors[0].Exception | Should -BeOfType SocketTools.NameResolutionException
    }

    It 'refuses what cannot be a host' {
        { Resolve-HostInfo 'a b' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*a b*'
        { Resolve-HostInfo '' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'ends at once when Select-Object has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()

        (& { while ($true) { 'localhost' } } | Resolve-HostInfo | Select-Object -First 2).Count | Should -Be 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'comes back from CLIXML and JSON' {
        $found = Resolve-HostInfo localhost
        $found | Export-Clixml TestDrive:/host.xml

        (Import-Clixml TestDrive:/host.xml).Addresses | Should -Be $found.Addresses
        ($found | ConvertTo-Json | ConvertFrom-Json).Addresses | Should -Be $found.Addresses
    }
}

Describe 'Resolve-HostInfo and a name server' {
    BeforeAll {
        $obstacle = Get-NetworkObstacle -NameServer
        if (-not $obstacle) {
            $answer = Invoke-WithOwnNetwork -Folder $TestDrive -NameServer -Script {
                [pscustomobject]@{
                    Name     = Resolve-HostInfo web1.example.test -Reverse
                    Alias    = Resolve-HostInfo www.example.test
                    Address  = Resolve-HostInfo 192.0.2.10
                    IPv6     = Resolve-HostInfo 2001:db8::10
                    OnlyIPv4 = Resolve-HostInfo web1.example.test -IPv4
                    Many     = 'many.example.test', 'web1.example.test', 'nosuch.example.test', 'www.example.com' |
                        Resolve-HostInfo -ErrorVariable errors -ErrorAction SilentlyContinue
                    Errors   = $errors | ForEach-Object { [pscustomobject]@{ Id = $_.FullyQualifiedErrorId; Target = $_.TargetObject } }
                    Stopped  = $(
                        try { Resolve-HostInfo nosuch.example.test -ErrorAction Stop }
                        catch [SocketTools.NameResolutionException] { $_.Exception.ErrorName }
                    )
                    Here     = Resolve-HostInfo
                    HereName = [System.Net.Dns]::GetHostName()
                }
            }
        }
    }

    BeforeEach {
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
    }

    It 'gives both families, the canonical and the reverse name' {
        $answer.Name.Addresses | Sort-Object | Should -Be @('192.0.2.10', '2001:db8::10')
        $answer.Name.IPv4Addresses | Should -Be '192.0.2.10'
        $answer.Name.HostName | Should -Be 'web1.example.test'
        $answer.Name.FullyQualifiedName | Should -Be 'web1.example.test'
        $answer.Name.ReverseNames | Should -Be 'web1.example.test'
        $answer.Name.ForwardConfirmed | Should -BeTrue
        $answer.OnlyIPv4.Addresses | Should -Be '192.0.2.10'
    }

    It 'follows an alias to its host' {
        $answer.Alias.ComputerName | Should -Be 'www.example.test'
        $answer.Alias.HostName | Should -Be 'web1.example.test'
        $answer.Alias.Aliases | Should -Be 'www.example.test'
    }

    It 'finds the name of an address' {
        $answer.Address.HostName | Should -Be 'web1.example.test'
        $answer.Address.ReverseNames | Should -Be 'web1.example.test'
        $answer.IPv6.HostName | Should -Be 'web1.example.test'
    }

    It 'has an error for each name that does not resolve, and says whether that can change' {
        $answer.Many.ComputerName | Sort-Object | Should -Be @('many.example.test', 'web1.example.test')
        ($answer.Many | Where-Object ComputerName -EQ many.example.test).Addresses | Sort-Object | Should -Be @('127.0.0.2', '127.0.0.3')
        ($answer.Errors | Where-Object Target -EQ nosuch.example.test).Id | Should -BeLike 'NameNotResolved,*'
        # The name server refuses what it does not know: another one, or a later try, may know.
        ($answer.Errors | Where-Object Target -EQ www.example.com).Id | Should -BeLike 'NameServerFailure,*'
        $answer.Stopped | Should -BeExactly 'EAI_NONAME'
    }

    It 'tells about this host when asked for none' {
        $answer.Here.ComputerName | Should -Be $answer.HereName
        $answer.Here.HostName | Should -Not -BeNullOrEmpty
        $answer.Here.FullyQualifiedName | Should -Not -BeNullOrEmpty
        $answer.Here.Interfaces.Addresses | Should -Contain '127.0.0.1/8'
    }
}

Describe 'Resolve-HostInfo -Server' {
    BeforeAll {
        $dnsmasq = Start-Dnsmasq
        $server = "127.0.0.1:$($dnsmasq.Port)"
    }

    AfterAll {
        $dnsmasq | Stop-Daemon
    }

    BeforeEach {
        if (-not $dnsmasq) { Set-ItResult -Skipped -Because 'dnsmasq is not installed' }
    }

    It 'asks that server for both families' {
        $found = Resolve-HostInfo www.example.test -Server $server

        $found.HostName | Should -BeExactly 'web1.example.test'
        $found.Aliases | Should -Be 'www.example.test'
        $found.Addresses | Should -Be @('192.0.2.10', '2001:db8::10')
        $found.ReverseNames | Should -BeNullOrEmpty
    }

    It 'asks for one family, and for the names of an address' {
        (Resolve-HostInfo web1.example.test -Server $server -IPv6).Addresses | Should -Be '2001:db8::10'
        $found = '192.0.2.10', '2001:db8::10' | Resolve-HostInfo -Server $server
        $found.HostName | Should -Be @('web1.example.test', 'web1.example.test')
    }

    It 'takes a server by name, and as an end point' {
        (Resolve-HostInfo near.example.test -Server "localhost:$($dnsmasq.Port)" -IPv4).Addresses | Should -Be '127.0.0.1'
        $end = New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([ipaddress]::Loopback), $dnsmasq.Port
        (Resolve-HostInfo near.example.test -Server $end -IPv4).Addresses | Should -Be '127.0.0.1'
    }

    It 'says what the server said' {
        $failed = foreach ($name in 'nosuch.example.test', 'near.example.test', 'host.invalid') {
            try { Resolve-HostInfo $name -Server $server -IPv6 -ErrorAction Stop } catch { $_ }
        }

        $failed.FullyQualifiedErrorId | Should -Be (
            @('NameNotResolved', 'NoAddress', 'QueryRefused') | ForEach-Object { "$_,SocketTools.Commands.ResolveHostInfoCommand" })
        $failed.Exception.ErrorName | Should -Be @('NXDOMAIN', 'NODATA', 'REFUSED')
        $failed.Exception.Message | Should -BeLike "*$server*"
    }

    It 'loses none of ten thousand names' {
        $names = foreach ($number in 0..9999) { 'host-127-9-{0}-{1}.example.test' -f [Math]::Floor($number / 256), ($number % 256) }

        $found = $names | Resolve-HostInfo -Server $server -IPv4 -ThrottleLimit 256

        $found.Count | Should -Be 10000
        $wrong = $found | Where-Object { $_.Addresses[0] -ne ($_.ComputerName -replace '^host-|\.example\.test$').Replace('-', '.') }
        $wrong | Should -BeNullOrEmpty
        @($found.ComputerName | Sort-Object -Unique).Count | Should -Be 10000
    }
}
