BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Get-ProtocolByName' {
    It 'knows the number of a protocol' {
        $protocol = Get-ProtocolByName icmp

        $protocol | Should -BeOfType SocketTools.ProtocolInfo
        $protocol.Name | Should -BeExactly 'icmp'
        $protocol.Number | Should -Be 1
        $protocol.Origin | Should -BeIn @('System', 'Iana')
        "$protocol" | Should -Be 'icmp 1'
    }

    It 'takes names in any case, numbers and wildcards' {
        (Get-ProtocolByName TCP, udp).Number | Should -Be @(6, 17)
        (Get-ProtocolByName 6).Name | Should -Be 'tcp'
        (Get-ProtocolByName ipv6*).Number | Should -Contain 58
    }

    It 'takes protocols from the pipeline' {
        ('tcp', 17 | Get-ProtocolByName).Name | Should -Be @('tcp', 'udp')
        ('Name', 'sctp' | ConvertFrom-Csv | Get-ProtocolByName).Number | Should -Be 132
        (Get-ServiceByName domain | Get-ProtocolByName).Number | Should -Be @(6, 17)
        (0..255 | Get-ProtocolByName -ErrorAction Stop).Count | Should -BeGreaterThan 50
    }

    It 'has an error for an unknown name, and none for a pattern without a match' {
        $protocols = Get-ProtocolByName no-such-protocol, tcp -ErrorVariable errors -ErrorAction SilentlyContinue

        $protocols.Name | Should -Be 'tcp'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ProtocolNotFound,*'
        $errors[0].TargetObject | Should -Be 'no-such-protocol'
        Get-ProtocolByName no-such-* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'completes names' {
        Get-Completion 'Get-ProtocolByName ipv6-i' | Should -Be 'ipv6-icmp'
        Get-Completion 'Get-ProtocolByName tcp, icm' | Should -Be 'icmp'
    }

    It 'comes back from CLIXML as it was' {
        $protocol = Get-ProtocolByName udp | ConvertTo-Deserialized

        $protocol.Origin -in 'System', 'Iana' | Should -BeTrue
        $protocol.Number | Should -Be 17
        ($protocol | Get-ProtocolByName).Name | Should -Be 'udp'
    }
}
