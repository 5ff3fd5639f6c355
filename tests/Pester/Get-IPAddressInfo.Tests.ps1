BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Get-IPAddressInfo' {
    It 'gives an address in every notation' {
        $info = Get-IPAddressInfo 127.0.0.1

        $info | Should -BeOfType SocketTools.IPAddressInfo
        $info.Address | Should -BeExactly '127.0.0.1'
        $info.Number | Should -Be 2130706433
        $info.Hexadecimal | Should -BeExactly '0x7f000001'
        $info.Binary | Should -BeExactly '01111111.00000000.00000000.00000001'
        $info.Bytes | Should -Be @(127, 0, 0, 1)
        $info.ReverseName | Should -BeExactly '1.0.0.127.in-addr.arpa'
        $info.MappedAddress | Should -BeExactly '::ffff:127.0.0.1'
        $info.Class | Should -Be 'A'
        $info.Scope | Should -Be 'Loopback'
        "$info" | Should -Be '127.0.0.1'
    }

    It 'goes back from <_>' -ForEach 'Address', 'Expanded', 'Bytes', 'Number', 'Hexadecimal', 'Binary', 'ReverseName' {
        foreach ($address in '192.0.2.7', '2001:db8::7') {
            $info = Get-IPAddressInfo $address

            (Get-IPAddressInfo $info.$_).Address | Should -Be $address
            (, $info.$_ | Get-IPAddressInfo).Address | Should -Be $address
        }
    }

    It 'reads hexadecimal numbers as PowerShell gives them' {
        (Get-IPAddressInfo 0x7f000001).Address | Should -Be '127.0.0.1'
        (Get-IPAddressInfo 0xC0000207).Address | Should -Be '192.0.2.7'
        (Get-IPAddressInfo 1).Address | Should -Be '0.0.0.1'
        (Get-IPAddressInfo 1 -IPv6).Address | Should -Be '::1'
    }

    It 'gives the block of a prefix' {
        $info = Get-IPAddressInfo 192.0.2.77/26

        $info.Network | Should -Be '192.0.2.64/26'
        $info.Netmask | Should -Be '255.255.255.192'
        $info.WildcardMask | Should -Be '0.0.0.63'
        $info.FirstHost, $info.LastHost, $info.BroadcastAddress | Should -Be @('192.0.2.65', '192.0.2.126', '192.0.2.127')
        $info.AddressCount, $info.HostCount | Should -Be @(64, 62)
    }

    It 'says whether blocks contain an address' {
        Get-IPAddressInfo 10.0.0.0/8, 192.168.0.0/16 -Contains 192.168.1.1 | Should -BeTrue
        Get-IPAddressInfo 10.0.0.0/8, 192.168.0.0/16 -Contains 192.168.1.1, 8.8.8.8 | Should -BeFalse
        if (Get-IPAddressInfo 10.0.0.0/8 -Contains 11.0.0.1) { throw 'a condition must be able to fail' }
    }

    It 'turns ports and addresses into network byte order' {
        (Get-IPAddressInfo 127.0.0.1:80).NetworkOrderPort | Should -Be ([ipaddress]::HostToNetworkOrder([int16] 80))
        (Get-IPAddressInfo 127.0.0.1).NetworkOrderNumber | Should -Be ([ipaddress]::HostToNetworkOrder(0x7f000001))
    }

    It 'takes addresses from the results of other cmdlets' {
        (Test-TcpPort localhost 1 -IPv4 | Get-IPAddressInfo).Address | Should -Be '127.0.0.1'
        (Resolve-HostInfo 127.0.0.1 | Get-IPAddressInfo).Scope | Should -Be 'Loopback'
        ('ComputerName,Port', '127.0.0.1,80' | ConvertFrom-Csv | Get-IPAddressInfo).Port | Should -Be 80
        $server = Start-EchoServer
        try {
            ($server | Get-IPAddressInfo).Port | Should -Be $server.Port
        }
        finally {
            $server | Stop-SocketServer
        }
    }

    It 'gives addresses to other cmdlets' {
        (Get-IPAddressInfo 0x7f000001 | Test-TcpPort -Port 1).Address | Should -Be '127.0.0.1'
        (Get-IPAddressInfo 127.0.0.1:1 | Test-TcpPort).Port | Should -Be 1
    }

    It 'refuses <Text>, which programs read differently' -ForEach @(
        @{ Text = '0177.0.0.1'; Reading = '127.0.0.1' }
        @{ Text = '127.1'; Reading = '127.0.0.1' }
        @{ Text = '2130706433'; Reading = '127.0.0.1' }
        @{ Text = '0x7f.1'; Reading = '127.0.0.1' }
        @{ Text = '10.010.1.1'; Reading = '10.8.1.1' }
    ) {
        { Get-IPAddressInfo $Text -ErrorAction Stop } | Should -Throw -ErrorId 'LegacyAddress,*' -ExpectedMessage "*$Reading*AllowLegacyIPv4*"
        (Get-IPAddressInfo $Text -AllowLegacyIPv4).Address | Should -Be $Reading
    }

    It 'refuses names, and what is no address' {
        { Get-IPAddressInfo localhost } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*Resolve-HostInfo localhost*'
        { Get-IPAddressInfo 127.0.0.256 } | Should -Throw -ExpectedMessage '*192.0.2.7*'
        { Get-IPAddressInfo 127.1 } | Should -Throw -ExpectedMessage '*in quotes*'
        { [byte[]] (127, 0, 0, 1) | Get-IPAddressInfo -ErrorAction Stop } | Should -Throw -ExpectedMessage '*, $bytes*'
    }

    It 'comes back from CLIXML as it was' {
        $info = Get-IPAddressInfo 10.0.0.1/8 | ConvertTo-Deserialized

        $info.Scope -eq 'Private' | Should -BeTrue
        $info.Number -eq 167772161 | Should -BeTrue
        $info.AddressCount | Should -Be 16777216
        "$($info | Get-IPAddressInfo)" | Should -Be '10.0.0.1/8'
    }

    It 'survives CSV and JSON' {
        $row = Get-IPAddressInfo ::1 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv

        $row.Scope | Should -Be 'Loopback'
        ($row | Get-IPAddressInfo).Address | Should -Be '::1'
        (Get-IPAddressInfo 10.0.0.1 | ConvertTo-Json | ConvertFrom-Json).Number | Should -Be 167772161
    }
}
