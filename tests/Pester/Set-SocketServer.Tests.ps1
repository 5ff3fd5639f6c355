BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Set-SocketServer' {
    BeforeEach {
        $server = Start-EchoServer
    }

    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'sets faults a direction, keeps the others, and clears all' {
        Set-SocketServer $server -LatencyMilliseconds 10
        Set-SocketServer -Port $server.Port -Direction In -SliceBytes 3
        Set-SocketServer $server -JitterMilliseconds 5

        "$($server.FaultsOut)" | Should -Be 'latency 10 ms +/- 5'
        "$($server.FaultsIn)" | Should -Be 'slices of 3 bytes'
        "$(($server | Set-SocketServer -ClearFaults -PassThru).FaultsOut)" | Should -Be 'none'
        "$($server.FaultsIn)" | Should -Be 'none'
    }

    It 'changes what goes wrong on an open connection' {
        $client = Connect-Socket 127.0.0.1 $server.Port
        $client | Send-SocketData 'one'
        $client | Receive-SocketData -Length 3 | Should -Be 'one'
        Set-SocketServer $server -NoAnswer
        $client | Send-SocketData 'two'
        { Receive-SocketData $client -Length 3 -TimeoutMilliseconds 300 } | Should -Throw -ErrorId 'TimedOut,*'
        Set-SocketServer $server -ClearFaults
        $client | Send-SocketData 'six'
        $client | Receive-SocketData -Length 3 | Should -Be 'six'
        $client | Disconnect-Socket
    }

    It 'closes the listener for a while' {
        Set-SocketServer $server -RefuseMilliseconds 400

        $server.State | Should -Be 'Refusing'
        (Test-TcpPort 127.0.0.1 $server.Port).Reason | Should -Be 'ConnectionRefused'
        Wait-TcpPort 127.0.0.1 $server.Port -Quiet | Should -BeTrue
        $server.State | Should -Be 'Running'
    }

    It 'changes limits' {
        Set-SocketServer $server -MaximumConnections 1 -IdleTimeoutSeconds 60
        $server.MaximumConnections | Should -Be 1
        $server.IdleTimeoutSeconds | Should -Be 60
    }

    It 'tells when a server takes no faults, and changes nothing with -WhatIf' {
        $accept = Start-SocketServer -Handler Accept
        { $accept | Set-SocketServer -NoAnswer -ErrorAction Stop } | Should -Throw -ErrorId 'ContradictingArguments,*'
        Set-SocketServer $server -NoAnswer -WhatIf
        "$($server.FaultsOut)" | Should -Be 'none'
        { Set-SocketServer -Port 1 -NoAnswer -ErrorAction Stop } | Should -Throw -ErrorId 'ServerNotFound,*'
    }
}
