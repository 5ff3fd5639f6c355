BeforeDiscovery {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    $enums = foreach ($command in Get-Command -Module SocketTools -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values) {
            $type = $parameter.ParameterType
            $type = if ($type.IsArray) { $type.GetElementType() } else { $type }
            $type = if ([Nullable]::GetUnderlyingType($type)) { [Nullable]::GetUnderlyingType($type) } else { $type }
            if ($type.IsEnum -and $type.Assembly -eq [SocketTools.PortState].Assembly) {
                @{ Command = $command.Name; Parameter = $parameter.Name; Names = [enum]::GetNames($type); Attributes = $parameter.Attributes }
            }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $server = Start-EchoServer
    $connection = Connect-Socket 127.0.0.1 $server.Port
}

AfterAll {
    Disconnect-Socket $connection
    Stop-SocketServer $server
}

Describe 'Completion' {
    It 'knows the values of <Command> -<Parameter>' -ForEach $enums {
        $allowed = ($Attributes | Where-Object { $_ -is [ValidateSet] }).ValidValues
        $expected = if ($allowed) { $allowed } else { $Names }

        Get-Completion "$Command -$Parameter " | Sort-Object | Should -Be @($expected | Sort-Object)
    }

    It 'gives a service its number as tip' {
        $line = 'Find-OpenPort localhost -Port postgres'
        $found = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches[0]

        $found.CompletionText | Should -BeExactly 'postgresql'
        $found.ToolTip | Should -BeLike '5432 Tcp*'
    }

    It 'knows the hosts of the hosts file after <_>' -ForEach @(
        'Test-TcpPort', 'Test-UdpPort', 'Find-OpenPort', 'Wait-TcpPort', 'Measure-TcpLatency', 'Resolve-HostInfo', 'Resolve-DnsRecord'
        'Get-TlsInfo', 'Connect-Socket', 'Invoke-SocketRequest', 'Send-SocketData -ComputerName', 'Start-SocketServer -ForwardTo'
        'Invoke-RawHttp http://a -ConnectTo'
    ) {
        Get-Completion "$_ localh" | Should -Contain 'localhost'
        Get-Completion "$_ 'localh" | Should -Contain "'localhost'"
    }

    It 'knows the running servers after <_>' -ForEach @('Stop-SocketServer', 'Set-SocketServer', 'Watch-SocketServer', 'Receive-SocketConnection') {
        Get-Completion "$_ -Server " | Should -Contain "(Get-SocketServer $($server.Port))"
    }

    It 'knows the open connections after <_>' -ForEach @('Send-SocketData', 'Receive-SocketData', 'Disconnect-Socket', 'Invoke-SocketRequest') {
        Get-Completion "$_ -Connection " | Should -Contain "(Get-SocketConnection $($connection.Id))"
    }

    It 'answers within 50 ms after <_>' -ForEach @(
        'Test-TcpPort local', 'Test-TcpPort db -Port ', 'Get-ServiceByName ', 'Get-ProtocolByName ', 'Test-UdpPort db -Probe ', 'Stop-SocketServer -Server '
        'Disconnect-Socket ', 'Start-EchoServer -Address '
    ) {
        $line = $_
        # The fastest counts: a machine that is busy with other things takes longer.
        $fastest = [double]::MaxValue
        for ($i = 0; $i -lt 40 -and $fastest -ge 50; $i++) {
            $took = (Measure-Command -Expression { TabExpansion2 -inputScript $line -cursorColumn $line.Length }).TotalMilliseconds
            $fastest = [Math]::Min($fastest, $took)
        }
        $fastest | Should -BeLessThan 50
    }
}
