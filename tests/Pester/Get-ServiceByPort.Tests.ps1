BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Get-ServiceByPort' {
    It 'names the service of a port' {
        $service = Get-ServiceByPort 443

        $service | Should -BeOfType SocketTools.ServiceInfo
        $service.Name | Should -BeExactly 'https'
        $service.Port | Should -Be 443
        $service.Protocol | Should -Be 'Tcp'
        $service.Origin | Should -BeIn @('System', 'Iana')
        "$service" | Should -BeLike '*https*443*'
    }

    It 'takes lists, ranges and names' {
        (Get-ServiceByPort 22, 80).Name | Should -Be @('ssh', 'http')
        (Get-ServiceByPort 20..25).Name | Should -Contain 'smtp'
        (Get-ServiceByPort https).Port | Should -Be 443
    }

    It 'takes ports from the pipeline' {
        (22, 80 | Get-ServiceByPort).Name | Should -Be @('ssh', 'http')
        ('Port', '443' | ConvertFrom-Csv | Get-ServiceByPort).Name | Should -Be 'https'
        (Test-TcpPort 127.0.0.1 443 | Get-ServiceByPort).Name | Should -Be 'https'
    }

    It 'knows TCP unless asked for another protocol' {
        (Get-ServiceByPort 53).Protocol | Should -Be 'Tcp'
        (Get-ServiceByPort 53 -Protocol Udp).Protocol | Should -Be 'Udp'
        (Get-ServiceByPort 53 Tcp, Udp).Protocol | Should -Be @('Tcp', 'Udp')
        (Get-ServiceByPort 123 udp).Name | Should -Be 'ntp'
    }

    It 'has an error for a port without a service, and none for a gap in a range' {
        { Get-ServiceByPort 49151 -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceNotFound,*' -ExpectedMessage '*49151*'
        Get-ServiceByPort 1-30 -ErrorVariable errors | Out-Null
        $errors | Should -BeNullOrEmpty
        Get-ServiceByPort (49151..49160) -ErrorAction Stop | Should -BeNullOrEmpty
        49151 | Get-ServiceByPort -ErrorAction Stop | Should -BeNullOrEmpty
        (Get-ServiceByPort 80, 443, 8000-8100 -ErrorAction Stop).Name | Should -Contain 'http-alt'
    }

    It 'refuses what is not a port' {
        { Get-ServiceByPort 70000 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*1 to 65535*'
        { Get-ServiceByPort 22 -Protocol Sctp } | Should -Throw -ExpectedMessage '*Tcp*Udp*'
    }

    It 'knows all ports of a range' {
        (Get-ServiceByPort 6010).Name | Should -Be 'x11'
        (Get-ServiceByPort 0-65535).Count | Should -Be (0..65535 | Get-ServiceByPort).Count
    }

    It 'ends at once when Select-Object has enough' {
        (Get-ServiceByPort 1-65535 | Select-Object -First 2).Count | Should -Be 2
    }

    It 'completes services and protocols' {
        Get-Completion 'Get-ServiceByPort htt' | Should -Contain 'https'
        Get-Completion 'Get-ServiceByPort 22 -Protocol ' | Should -Be @('Tcp', 'Udp')
    }

    It 'comes back from CLIXML as it was' {
        $service = Get-ServiceByPort 80 | ConvertTo-Deserialized

        $service.Protocol | Should -BeExactly 'Tcp'
        $service.Protocol -eq 'Tcp' | Should -BeTrue
        $service.Aliases | Should -Be (Get-ServiceByPort 80).Aliases
        ($service | Get-ServiceByPort).Name | Should -Be 'http'
    }
}
