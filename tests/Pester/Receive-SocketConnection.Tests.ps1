BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
}

Describe 'Receive-SocketConnection' {
    AfterEach {
        Get-SocketConnection | Disconnect-Socket
        Get-SocketServer | Stop-SocketServer
    }

    It 'takes a connection that waits, to talk on it' {
        $server = Start-SocketServer -Handler Accept
        $client = Connect-Socket 127.0.0.1 $server.Port
        $connection = $server | Receive-SocketConnection -Once -TimeoutMilliseconds 30000

        $connection | Should -BeOfType SocketTools.SocketConnection
        $connection.ComputerName | Should -Be '127.0.0.1'
        $connection.RemoteEndPoint | Should -Be $client.LocalEndPoint
        $client | Send-SocketData 'hello' -Line
        $connection | Receive-SocketData -Line | Should -Be 'hello'
        $connection | Send-SocketData 'you' -Line
        $client | Receive-SocketData -Line | Should -Be 'you'
        (Get-SocketConnection).Id | Should -Contain $connection.Id
        $server.Connections[0].End | Should -Be 'HandedOver'
    }

    It 'listens on a port, and closes the listener with -Once' {
        $port = Get-FreePort
        $shell = [powershell]::Create().AddScript({
                param($port)
                while (-not $tcp.Connected) { try { $tcp = New-Object System.Net.Sockets.TcpClient '127.0.0.1', $port } catch { [Threading.Thread]::Sleep(20) } }
            }).AddArgument($port)
        $null = $shell.BeginInvoke()
        $connection = Receive-SocketConnection $port -Once -TimeoutMilliseconds 30000

        $connection.LocalEndPoint | Should -Be "127.0.0.1:$port"
        Get-SocketServer | Should -BeNullOrEmpty
        (Test-TcpPort 127.0.0.1 $port).State | Should -Be 'Closed'
        $shell.Dispose()
    }

    It 'streams connections until there are enough' {
        $server = Start-SocketServer -Handler Accept
        $null = 1..3 | ForEach-Object { Connect-Socket 127.0.0.1 $server.Port }

        Receive-SocketConnection -Server $server | Select-Object -First 3 | Should -HaveCount 3
        $server.State | Should -Be 'Running'
    }

    It 'tells that nobody came, and what cannot be' {
        { Receive-SocketConnection (Get-FreePort) -TimeoutMilliseconds 200 } | Should -Throw -ErrorId 'TimedOut,*'
        $echo = Start-EchoServer
        { Receive-SocketConnection -Server $echo } | Should -Throw -ErrorId 'ContradictingArguments,*' -ExpectedMessage '*Accept*'
        { Receive-SocketConnection $echo.Port -Once } | Should -Throw -ErrorId 'AddressInUse,*'
    }
}
