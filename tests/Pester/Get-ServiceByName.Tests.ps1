BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Get-ServiceByName' {
    It 'knows the ports of a service' {
        $service = Get-ServiceByName https -Protocol Tcp

        $service | Should -BeOfType SocketTools.ServiceInfo
        $service.Name | Should -BeExactly 'https'
        $service.Port | Should -Be 443
    }

    It 'knows every protocol unless asked for one' {
        (Get-ServiceByName domain).Protocol | Should -Be @('Tcp', 'Udp')
        (Get-ServiceByName domain Udp).Protocol | Should -Be 'Udp'
    }

    It 'takes any case, and other names' {
        (Get-ServiceByName HTTPS -Protocol Tcp).Name | Should -BeExactly 'https'
        (Get-ServiceByName www -Protocol Tcp).Name | Should -Be 'http'
    }

    It 'takes wildcards' {
        $services = Get-ServiceByName *sql* -Protocol Tcp

        $services.Name | Should -Contain 'mysql'
        $services.Name | Should -Contain 'postgresql'
        $services | Where-Object { $_.Name -notlike '*sql*' -and -not ($_.Aliases -like '*sql*') } | Should -BeNullOrEmpty
    }

    It 'takes names and wildcards together' {
        $services = Get-ServiceByName ssh, 'postgres*' -Protocol Tcp

        $services[0].Port | Should -Be 22
        $services.Port | Should -Contain 5432
    }

    It 'gives every port of a range' {
        (Get-ServiceByName x11 -Protocol Tcp).Port | Sort-Object | Should -Be (6000..6063)
    }

    It 'takes names from the pipeline' {
        ('ssh', 'smtp' | Get-ServiceByName -Protocol Tcp).Port | Should -Be @(22, 25)
        ('Name', 'ssh' | ConvertFrom-Csv | Get-ServiceByName -Protocol Tcp).Port | Should -Be 22
        (Get-ServiceByPort 22 | Get-ServiceByName).Port | Should -Be 22
    }

    It 'has an error for an unknown name, and none for a pattern without a match' {
        $services = Get-ServiceByName no-such-service, ssh -Protocol Tcp -ErrorVariable errors -ErrorAction SilentlyContinue

        $services.Name | Should -Be 'ssh'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
        $errors[0].TargetObject | Should -Be 'no-such-service'
        { Get-ServiceByName no-such-service -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceNotFound,*' -ExpectedMessage '*Wildcards*'
        Get-ServiceByName no-such-* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'gives ports to a port test' {
        $result = Get-ServiceByName ssh -Protocol Tcp | Test-TcpPort -ComputerName 127.0.0.1

        $result.Port | Should -Be 22
        $result.Service | Should -Be 'ssh'
    }

    It 'completes names' {
        Get-Completion 'Get-ServiceByName ssh, postgre' | Should -Contain 'postgresql'
        Get-Completion 'Get-ServiceByName htt' | Select-Object -First 2 | Should -Be @('http', 'https')
    }
}
