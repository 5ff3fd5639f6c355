BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    $limit = @{ TimeoutMilliseconds = 30000 }
}

Describe 'Start-SocketServer' {
    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'serves as <Handler>' -ForEach @(
        @{ Handler = 'Echo'; Sent = "hello`n"; Answer = 'hello' }
        @{ Handler = 'Reply'; Sent = "hello`n"; Answer = 'pong' }
    ) {
        $more = if ($Handler -eq 'Reply') { @{ Reply = "pong`n" } } else { @{ } }
        $server = Start-SocketServer 0 $Handler @more

        (Invoke-SocketRequest 127.0.0.1 $server.Port $Sent -Until "`n" @limit).Text.Trim() | Should -Be $Answer
        $server.Handler | Should -Be $Handler
    }

    It 'discards, and tells the time' {
        $discard = Start-SocketServer -Handler Discard
        $client = Connect-Socket 127.0.0.1 $discard.Port
        $client | Send-SocketData ('x' * 1000)
        $client | Disconnect-Socket -SendOnly
        $client | Receive-SocketData -ToEnd @limit | Should -BeNullOrEmpty
        $discard.BytesReceived | Should -Be 1000

        $daytime = Start-SocketServer -Handler Daytime -Protocol Tcp, Udp
        Connect-Socket 127.0.0.1 $daytime.Port | Receive-SocketData -ToEnd @limit | Should -Match '^\w+day, .* \d\d:\d\d:\d\d'
        (Test-UdpPort 127.0.0.1 $daytime.Port -Payload x).State | Should -Be 'Open'
    }

    It 'answers HTTP by path, or always alike' {
        $web = Start-SocketServer -Handler Http
        (Invoke-RawHttp "http://127.0.0.1:$($web.Port)/echo?msg=hi&code=201").StatusCode | Should -Be 201
        $down = Start-SocketServer -StatusCode 503 -Header @{ 'Retry-After' = '5' } -Body 'later'
        $response = Invoke-RawHttp "http://127.0.0.1:$($down.Port)/"
        $response.Content | Should -Be 'later'
        $response.Headers['Retry-After'] | Should -Be '5'
    }

    It 'lets a script serve, whose errors end that connection only' {
        $server = Start-SocketServer -ScriptBlock {
            param($client, $add)
            $line = $client | Receive-SocketData -Line
            if ($line -eq 'bad') { throw 'it is bad' }
            $_ | Send-SocketData "$([int] $line + $add)" -Line
        } -ArgumentList 40

        (Invoke-SocketRequest 127.0.0.1 $server.Port 2 -Line @limit).Text | Should -Be '42'
        { Invoke-SocketRequest 127.0.0.1 $server.Port bad -Line @limit } | Should -Throw -ErrorId 'Connection*'
        (Invoke-SocketRequest 127.0.0.1 $server.Port 3 -Line @limit).Text | Should -Be '43'
        $server.Errors | Should -Be 1
        ($server.Connections | Where-Object End -EQ HandlerFailed).ErrorMessage | Should -BeLike '*it is bad*'
    }

    It 'serves over TLS with a certificate of its own, or a given one' {
        $server = Start-SocketServer -Tls
        (Invoke-SocketRequest 127.0.0.1 $server.Port hi -Tls -SkipCertificateCheck -Length 2 @limit).Text | Should -Be 'hi'
        $server.Certificate.HasPrivateKey | Should -BeFalse
        { Start-SocketServer -Certificate $server.Certificate } | Should -Throw -ErrorId 'ContradictingArguments,*' -ExpectedMessage '*private key*'
    }

    It 'listens on several addresses with one port' {
        try { $server = Start-SocketServer -Address 127.0.0.1, ::1 -Protocol Tcp, Udp } catch { Set-ItResult -Skipped -Because 'this system has no IPv6 loopback' }

        $server.EndPoints | Should -HaveCount 4
        (Test-TcpPort 127.0.0.1, ::1 $server.Port).State | Should -Be 'Open', 'Open'
    }

    It 'listens on a Unix socket' {
        $path = Join-Path ([IO.Path]::GetTempPath()) "socket-tools-$([guid]::NewGuid().ToString('N'))"
        $server = Start-SocketServer -UnixSocket $path
        $client = Connect-Socket -UnixSocket $path
        $client | Send-SocketData 'hi'

        $client | Receive-SocketData -Length 2 @limit | Should -Be 'hi'
        $server | Stop-SocketServer
        Test-Path $path | Should -BeFalse
    }

    It 'forwards to another server, and keeps what went both ways' {
        $target = Start-EchoServer
        $server = Start-SocketServer -ForwardTo $target -Transcript

        (Invoke-SocketRequest 127.0.0.1 $server.Port hello -Length 5 @limit).Text | Should -Be 'hello'
        $server | Stop-SocketServer -DrainMilliseconds 5000
        "$($server.Connections[0].Transcript)" | Should -Match '(?s)< .*hello.*> .*hello'
        $server.ForwardTo | Should -Be "127.0.0.1:$($target.Port)"
        (Start-SocketServer -ForwardTo "localhost:$($target.Port)").ForwardTo | Should -Be "localhost:$($target.Port)"
    }

    It 'forwards datagrams, too, from a socket of its own for each client' {
        $target = Start-EchoServer -Protocol Udp
        $server = Start-SocketServer -Protocol Udp -ForwardTo $target -LatencyMilliseconds 100

        $result = Test-UdpPort 127.0.0.1 $server.Port -Payload hello -RetryCount 0
        $result.State | Should -Be 'Open'
        $result.LatencyMs | Should -BeGreaterOrEqual 95
        $null = Test-UdpPort 127.0.0.1 $server.Port -Payload again -RetryCount 0
        $server.DatagramsSent | Should -Be 2
        $server.Connections.FirstText | Should -Be 'hello', 'again'
        ($target.Connections.Port | Sort-Object -Unique) | Should -HaveCount 2
        $server.Connections[0].BytesSent | Should -Be 5
    }

    It 'refuses what cannot be meant: <Line>' -ForEach @(
        @{ Line = 'Start-SocketServer -Handler Reply'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer -Handler Http -Reply x'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer -Handler Http -Protocol Udp'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer -Handler Accept -NoAnswer'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer -Tls -Protocol Udp'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer 5 -UnixSocket /tmp/x'; Id = 'ContradictingArguments' }
        @{ Line = 'Start-SocketServer -ForwardTo web1'; Id = 'ParameterArgumentTransformationError' }
        @{ Line = 'Start-SocketServer -Probability 2'; Id = 'ParameterArgumentValidationError' }
    ) {
        { Invoke-Expression $Line } | Should -Throw -ErrorId "$Id,*"
        Get-SocketServer | Should -BeNullOrEmpty
    }

    It 'raises events' {
        $server = Start-SocketServer
        $null = Register-ObjectEvent $server ConnectionClosed -SourceIdentifier SocketServerTest
        try {
            $null = Invoke-SocketRequest 127.0.0.1 $server.Port hello -Length 5 @limit
            (Wait-Event SocketServerTest -Timeout 30).SourceEventArgs.Connection.FirstText | Should -Be 'hello'
        }
        finally {
            Unregister-Event SocketServerTest
        }
    }

    It 'opens nothing with -WhatIf' {
        Start-SocketServer -WhatIf | Should -BeNullOrEmpty
        Get-SocketServer | Should -BeNullOrEmpty
    }
}
