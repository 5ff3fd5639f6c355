BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
}

Describe 'Get-SocketServer' {
    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'gives nothing when none runs' {
        Get-SocketServer | Should -BeNullOrEmpty
    }

    It 'lists the servers that run' {
        $servers = (Start-EchoServer), (Start-EchoServer)

        (Get-SocketServer).Port | Sort-Object | Should -Be ($servers.Port | Sort-Object)
        $servers[0] | Stop-SocketServer
        (Get-SocketServer).Port | Should -Be $servers[1].Port
    }

    It 'finds a server by its port' {
        $server = Start-EchoServer
        $null = Start-EchoServer

        (Get-SocketServer $server.Port).Port | Should -Be $server.Port
        (Get-SocketServer -Port 1-65535).Count | Should -Be 2
        ([pscustomobject]@{ Port = $server.Port } | Get-SocketServer).Port | Should -Be $server.Port
    }

    It 'counts what a server did' {
        $server = Start-EchoServer
        $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList '127.0.0.1', $server.Port
        try {
            $client.ReceiveTimeout = 30000
            $stream = $client.GetStream()
            $stream.Write([byte[]] (1, 2, 3), 0, 3)
            (New-Object -TypeName System.IO.BinaryReader -ArgumentList $stream).ReadBytes(3) | Should -Be @(1, 2, 3)
            $seen = Get-SocketServer $server.Port

            # A port scan next door may have connected, too.
            $seen.ConnectionsAccepted | Should -BeGreaterOrEqual 1
            $seen.ConnectionsOpen | Should -BeGreaterOrEqual 1
            $seen.BytesReceived | Should -Be 3
            $seen.BytesSent | Should -Be 3
            $seen.StartTime.Kind | Should -Be 'Utc'
        }
        finally {
            $client.Close()
        }
    }

    It 'gives servers to a port test and to Stop-SocketServer' {
        $null = Start-EchoServer

        (Get-SocketServer | Test-TcpPort).State | Should -Be 'Open'
        Get-SocketServer | Stop-SocketServer
        Get-SocketServer | Should -BeNullOrEmpty
    }

    It 'completes the ports of running servers' {
        $server = Start-EchoServer

        Get-Completion 'Get-SocketServer -Port ' | Should -Be "$($server.Port)"
    }
}
