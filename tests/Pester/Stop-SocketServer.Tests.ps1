BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
}

Describe 'Stop-SocketServer' {
    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'closes the port and says nothing' {
        $server = Start-EchoServer

        Stop-SocketServer $server | Should -BeNullOrEmpty
        $server.State | Should -Be 'Stopped'
        ($server | Test-TcpPort).State | Should -Be 'Closed'
        Get-SocketServer | Should -BeNullOrEmpty
    }

    It 'ends the connections of its clients' {
        $server = Start-EchoServer
        $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList '127.0.0.1', $server.Port
        try {
            $client.ReceiveTimeout = 30000
            $stream = $client.GetStream()
            $stream.Write([byte[]] (, 7), 0, 1)
            $stream.ReadByte() | Should -Be 7
            Stop-SocketServer $server
            $end = try { $stream.ReadByte() } catch [System.IO.IOException] { -1 }

            $end | Should -Be -1
        }
        finally {
            $client.Close()
        }
    }

    It 'takes servers from the pipeline, and lists' {
        $servers = (Start-EchoServer), (Start-EchoServer), (Start-EchoServer)
        $servers[0] | Stop-SocketServer
        Stop-SocketServer $servers[1, 2]

        $servers.State | Sort-Object -Unique | Should -Be 'Stopped'
    }

    It 'finds a server by its port' {
        $server, $other = (Start-EchoServer), (Start-EchoServer)
        Stop-SocketServer -Port $server.Port
        Stop-SocketServer $other.Port

        $server.State | Should -Be 'Stopped'
        $other.State | Should -Be 'Stopped'
        { Stop-SocketServer -Port $server.Port -ErrorAction Stop } |
            Should -Throw -ErrorId 'ServerNotFound,*' -ExpectedMessage '*Get-SocketServer*'
    }

    It 'gives the stopped server with -PassThru' {
        (Start-EchoServer | Stop-SocketServer -PassThru).State | Should -Be 'Stopped'
    }

    It 'may be asked twice' {
        $server = Start-EchoServer

        { $server, $server | Stop-SocketServer -ErrorAction Stop } | Should -Not -Throw
    }

    It 'stops nothing with -WhatIf' {
        $server = Start-EchoServer
        Stop-SocketServer $server -WhatIf

        ($server | Test-TcpPort).State | Should -Be 'Open'
    }

    It 'lets open connections come to their end with -DrainMilliseconds' {
        $server = Start-EchoServer
        $client = Connect-Socket 127.0.0.1 $server.Port
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Stop-SocketServer $server -DrainMilliseconds 300

        $clock.ElapsedMilliseconds | Should -BeGreaterThan 250
        $server.State | Should -Be 'Stopped'
        $server.Connections[0].End | Should -Be 'Stopped'
        $client | Disconnect-Socket
    }

    It 'is also called Stop-EchoServer' {
        $server = Start-EchoServer
        Stop-EchoServer $server

        $server.State | Should -Be 'Stopped'
    }

    It 'frees the port for the next server' {
        $server = Start-EchoServer (Get-FreePort)
        Stop-SocketServer $server

        (Start-EchoServer $server.Port).Port | Should -Be $server.Port
    }

    It 'refuses what is not a server' {
        { Stop-SocketServer 'db1' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*db1*'
        { Stop-SocketServer $null } | Should -Throw
    }
}
