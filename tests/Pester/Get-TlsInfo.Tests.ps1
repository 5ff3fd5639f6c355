BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    $tls = Start-TlsServer
    $closed = New-ClosedPort
    $silent = Start-TestListener
}

AfterAll {
    $tls | Stop-TlsServer
    $closed.Dispose()
    $silent.Stop()
}

Describe 'Get-TlsInfo' {
    It 'shows what a server shows, trusted or not' {
        $info = Get-TlsInfo localhost $tls.Port -IPv4

        $info.GetType().FullName | Should -Be 'SocketTools.TlsInfo'
        $info.Protocol | Should -BeIn 'Tls12', 'Tls13'
        $info.CipherSuite | Should -Match '^TLS_'
        $info.Subject | Should -BeExactly 'CN=localhost'
        $info.SubjectAlternativeNames | Should -Be @('localhost')
        $info.DaysLeft | Should -Be 20
        $info.NameMatches | Should -BeTrue
        $info.Trusted | Should -BeFalse
        $info.Faults | Should -Be @('SelfSigned')
        $info.ChainErrors | Should -BeLike '*self-signed*'
        $info.KeyAlgorithm | Should -Be 'RSA'
        $info.KeySize | Should -Be 2048
        $info.Certificate.Thumbprint | Should -Be $info.Thumbprint
        $info.HandshakeMs | Should -BeGreaterThan 0
    }

    It 'takes rows of a CSV file, and filters by the days that are left' {
        Set-Content -Path TestDrive:/hosts.csv -Value 'ComputerName,Port', "127.0.0.1,$($tls.Port)", "localhost,$($tls.Port)"

        $soon = Import-Csv TestDrive:/hosts.csv | Get-TlsInfo -IPv4 | Where-Object DaysLeft -LT 30
        $soon | Should -HaveCount 2
        Import-Csv TestDrive:/hosts.csv | Get-TlsInfo -IPv4 | Where-Object DaysLeft -LT 5 | Should -BeNullOrEmpty
    }

    It 'takes results of Test-TcpPort and connections' {
        (Test-TcpPort 127.0.0.1 $tls.Port -State Open | Get-TlsInfo).Port | Should -Be $tls.Port
        $client = Connect-Socket 127.0.0.1 $tls.Port -Tls -SkipCertificateCheck
        Disconnect-Socket $client
        ($client | Get-TlsInfo).Port | Should -Be $tls.Port
    }

    It 'says which versions are accepted, and which this computer can use' {
        $versions = Get-TlsInfo localhost $tls.Port -Enumerate -IPv4

        $versions.Protocol | Should -Be 'Ssl3', 'Tls10', 'Tls11', 'Tls12', 'Tls13'
        ($versions | Where-Object Protocol -EQ 'Tls12').State | Should -Be 'Accepted'
        ($versions | Where-Object Protocol -EQ 'Ssl3').State | Should -Be 'Refused'
        $versions | Where-Object { -not $_.UsableHere } | ForEach-Object LocalRefusal | Should -Not -BeNullOrEmpty
    }

    It 'says that the library here does not offer a version, and nothing of the server' -Skip:(-not $IsLinux) {
        { Get-TlsInfo localhost $tls.Port -Protocol Ssl3 -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotSupported,*' -ExpectedMessage '*was not tried: this computer*'
    }

    It 'writes one error a host, and goes on' {
        $infos = '127.0.0.1' | Get-TlsInfo -Port $closed.LocalEndPoint.Port, $tls.Port, $silent.LocalEndpoint.Port -TimeoutMilliseconds 1500 -ErrorVariable failed -ErrorAction SilentlyContinue

        $infos.Port | Should -Be $tls.Port
        $failed | Should -HaveCount 2
        $failed.FullyQualifiedErrorId | Should -Contain 'ConnectionRefused,SocketTools.Commands.GetTlsInfoCommand'
        $failed.FullyQualifiedErrorId | Should -Contain 'TimedOut,SocketTools.Commands.GetTlsInfoCommand'
    }

    It 'is found by who looks for the verb and the noun' {
        (Get-Command Get-TlsInfo).ParameterSets.Name | Should -Be 'Handshake', 'Versions'
    }

    It 'survives a file' {
        $info = Get-TlsInfo localhost $tls.Port -IPv4
        $info | Export-Clixml TestDrive:/tls.xml
        $copy = Import-Clixml TestDrive:/tls.xml

        foreach ($name in 'Protocol', 'CipherSuite', 'Subject', 'Trusted', 'DaysLeft', 'NotAfter', 'Sha256Thumbprint', 'ChainErrors', 'ChainSubjects', 'SentSubjects') {
            $copy.$name | Should -Be $info.$name -Because $name
        }
        $copy.Faults | Should -Be @('SelfSigned')
        $copy.Certificate.Thumbprint | Should -Be $info.Thumbprint
        ($copy | ConvertTo-Screen) | Should -Be ($info | ConvertTo-Screen)
    }

    It 'travels through a job' {
        $manifest = Get-TestedManifest
        $copy = Start-Job -ScriptBlock { Import-Module $using:manifest; Get-TlsInfo 127.0.0.1 $using:tls.Port } | Receive-Job -Wait -AutoRemoveJob

        $copy.Subject | Should -BeExactly 'CN=localhost'
        $copy.Faults | Should -Be 'WrongName', 'SelfSigned'
        $copy.Chain[0].Subject | Should -BeExactly 'CN=localhost'
    }
}

Describe 'The views of TLS' {
    It 'are a row with what matters most' {
        $header, $line, $row = Get-TlsInfo localhost $tls.Port -IPv4 | ConvertTo-Screen

        $header | Should -Match '^ComputerName +Port Protocol NotAfter +DaysLeft Trusted +Subject'
        $line | Should -Match '^[- ]+$'
        $row | Should -Match "^localhost +$($tls.Port) Tls1[23] +\d{4}-\d\d-\d\d +20 False \(SelfSigned\) +CN=localhost"
    }

    It 'tell the verdict in 80 columns' {
        $screen = Get-TlsInfo localhost $tls.Port -IPv4 -ServerName a-rather-long-name.example.test | Out-String -Width 80

        $screen | Should -Match 'False \(WrongName, SelfSigned\)'
    }

    It 'list the interesting first' {
        $names = Get-TlsInfo localhost $tls.Port -IPv4 | Format-List | ConvertTo-Screen | ForEach-Object { ($_ -split ' *:')[0] }

        $names[0..3] | Should -Be 'ComputerName', 'Port', 'Protocol', 'CipherSuite'
        [array]::IndexOf($names, 'Trusted') | Should -BeLessThan ([array]::IndexOf($names, 'Subject'))
    }

    It 'are a row for each version' {
        $header, $null, $rows = Get-TlsInfo localhost $tls.Port -IPv4 -Enumerate | ConvertTo-Screen

        $header | Should -Match '^ComputerName +Port Protocol State +UsableHere Detail'
        $rows | Should -HaveCount 5
    }
}
