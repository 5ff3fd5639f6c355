BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    $server = Start-EchoServer
    $closed = New-ClosedPort
}

AfterAll {
    Get-SocketConnection | Disconnect-Socket
    Stop-SocketServer $server
    $closed.Dispose()
}

Describe 'Connect-Socket' {
    AfterEach {
        Get-SocketConnection | Disconnect-Socket
    }

    It 'gives a connection that says what it is' {
        $client = Connect-Socket localhost $server.Port

        $client | Should -BeOfType ([SocketTools.SocketConnection])
        $client.ComputerName, $client.Port, "$($client.Protocol)" | Should -Be @('localhost', $server.Port, 'Tcp')
        $client.State | Should -Be 'Open'
        $client.RemoteEndPoint | Should -Be "127.0.0.1:$($server.Port)"
        $client.ConnectMs | Should -BeGreaterThan 0
        $client.IsSecure | Should -BeFalse
    }

    It 'takes what other cmdlets give' {
        ($server | Connect-Socket).Port | Should -Be $server.Port
        (Test-TcpPort localhost $server.Port | Connect-Socket).State | Should -Be 'Open'
        (Connect-Socket "127.0.0.1:$($server.Port)").State | Should -Be 'Open'
        ($server, $server | Connect-Socket).Count | Should -Be 2
    }

    It 'says which of the three errors it was' {
        { Connect-Socket 127.0.0.1 $closed.LocalEndPoint.Port } | Should -Throw -ErrorId 'ConnectionRefused,*' -ExceptionType ([SocketTools.SocketOperationException])
        { Connect-Socket no-such-host.invalid 80 } | Should -Throw -ExceptionType ([SocketTools.NameResolutionException])
        Connect-Socket localhost -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'PortMissing,*'
    }

    It 'times out on a port that does not answer' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux drops handshakes when a queue is full'; return }
        $silent = New-SilentPort
        try {
            { Connect-Socket 127.0.0.1 $silent.Port -TimeoutMilliseconds 300 } | Should -Throw -ErrorId 'TimedOut,*' -ExceptionType ([SocketTools.SocketTimeoutException])
        }
        finally {
            $silent.Sockets.ForEach('Dispose')
        }
    }

    It 'goes on with other hosts after one that failed' {
        $clients = $closed.LocalEndPoint.Port, $server.Port | ForEach-Object { "127.0.0.1:$_" } | Connect-Socket -ErrorVariable failed -ErrorAction SilentlyContinue

        $clients.Port | Should -Be $server.Port
        $failed.Count | Should -Be 1
    }

    It 'sends from where it is told' {
        (Connect-Socket 127.0.0.1 $server.Port -SourceAddress 127.0.0.3).LocalEndPoint | Should -BeLike '127.0.0.3:*'
        { Connect-Socket 127.0.0.1 $server.Port -SourceAddress 192.0.2.1 } | Should -Throw -ErrorId 'LocalAddressNotAvailable,*'
    }

    It 'receives datagrams from anyone' {
        $one = Connect-Socket -Protocol Udp -LocalPort 0
        $other = Connect-Socket 127.0.0.1 ([int] ($one.LocalEndPoint -split ':')[-1]) -Protocol Udp
        Send-SocketData $other 'question'
        $datagram = Receive-SocketData $one
        Send-SocketData $one 'answer' -ComputerName $datagram.ComputerName -Port $datagram.Port

        $datagram.Text | Should -BeExactly 'question'
        (Receive-SocketData $other).Sender | Should -Be $one.LocalEndPoint
        { Send-SocketData $other ('x' * 70000) } | Should -Throw -ExpectedMessage '*EMSGSIZE*'
    }

    It 'keeps a transcript when asked' {
        $client = Connect-Socket localhost $server.Port -Transcript
        Send-SocketData $client "a$([char] 27)b" -Line
        $null = Receive-SocketData $client -Line
        $client.Transcript.Save("$TestDrive/transcript.txt")

        $client.Transcript.Entries.Direction | Should -Be @('Sent', 'Received')
        "$($client.Transcript)" | Should -Not -BeLike "*$([char] 27)*"
        Get-Content "$TestDrive/transcript.txt" | Select-Object -Index 1 | Should -BeLike '00000000  61 1b 62 0d 0a*a.b..'
    }

    It 'closes with the runspace that opened it' {
        $shell = [powershell]::Create().AddScript({ param($manifest, $port) Import-Module $manifest; Connect-Socket 127.0.0.1 $port }).AddArgument((Get-TestedManifest)).AddArgument($server.Port)
        $theirs = $shell.Invoke()[0]
        $before = $theirs.State
        $shell.Runspace.Close()
        $shell.Dispose()

        $before, $theirs.State | Should -Be @('Open', 'Closed')
    }

    It 'has a row that fits the screen' {
        $screen = Connect-Socket localhost $server.Port | ConvertTo-Screen

        $screen[0] | Should -Match '^ *Id ComputerName +Port Protocol State +Tls +Sent +Received$'
        ($screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'keeps its words in a file' {
        $client = Connect-Socket localhost $server.Port
        $copy = $client | ConvertTo-Deserialized

        foreach ($name in 'State', 'Family', 'Kind', 'Protocol') {
            $copy.$name | Should -BeExactly "$($client.$name)"
        }
    }
}

Describe 'TLS' {
    BeforeAll {
        $nginx = if (Get-Command -Name nginx, /usr/sbin/nginx -ErrorAction Ignore) { Start-Nginx -Folder (New-Item -ItemType Directory -Path "$TestDrive/nginx").FullName }
    }

    AfterAll {
        $nginx | Stop-Daemon
    }

    It 'checks the certificate, and takes any when told' {
        if (-not $nginx) { Set-ItResult -Skipped -Because 'nginx is not installed'; return }
        { Connect-Socket localhost $nginx.TlsPort -Tls } | Should -Throw -ErrorId 'TlsFailed,*'

        $client = Connect-Socket localhost $nginx.TlsPort -Tls -SkipCertificateCheck -Alpn http/1.1
        $client.IsSecure, $client.ApplicationProtocol | Should -Be @($true, 'http/1.1')
        $client.TlsProtocol | Should -BeLike 'Tls*'
        Send-SocketData $client "GET /health HTTP/1.0`r`n`r`n"
        Receive-SocketData $client -ToEnd | Should -BeLike "HTTP/1.1 200 OK*healthy`n"
        Disconnect-Socket $client
    }
}
