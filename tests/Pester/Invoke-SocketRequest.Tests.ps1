BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    $server = Start-EchoServer
    $closed = New-ClosedPort
}

AfterAll {
    Stop-SocketServer $server
    $closed.Dispose()
}

Describe 'Invoke-SocketRequest' {
    It 'sends a line and receives a line' {
        $reply = Invoke-SocketRequest localhost $server.Port PING -Line

        $reply | Should -BeOfType ([SocketTools.SocketReply])
        $reply.Text, $reply.EndedBy, $reply.Length | Should -Be @('PING', 'Delimiter', 4)
        $reply.ConnectMs | Should -BeGreaterThan 0
        $reply.Sent | Should -Be ([byte[]] (0x50, 0x49, 0x4E, 0x47, 13, 10))
        Get-SocketConnection | Should -BeNullOrEmpty
    }

    It 'asks many hosts, and one that fails is one error' {
        $hosts = "localhost:$($server.Port)", "127.0.0.1:$($closed.LocalEndPoint.Port)", "127.0.0.1:$($server.Port)"
        $replies = $hosts | Invoke-SocketRequest -InputObject 'PING' -NewLine crlf -Until "`r`n" -ErrorVariable failed -ErrorAction SilentlyContinue

        $replies.Text | Should -Be @("PING`r`n", "PING`r`n")
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionRefused,*'
    }

    It 'uses an open connection, which stays open' {
        $client = Connect-Socket localhost $server.Port
        1..3 | ForEach-Object { (Invoke-SocketRequest -Connection $client $_ -Line).Text } | Should -Be @('1', '2', '3')
        $client.State | Should -Be 'Open'
        Disconnect-Socket $client
    }

    It 'listens first where nothing is to be said' {
        $http = Start-ScriptedServer -Response "HTTP/1.0 200 OK`r`n`r`nbody"
        try {
            (Invoke-SocketRequest 127.0.0.1 $http.Port "GET / HTTP/1.0`r`n`r`n" -ToEnd).Text | Should -BeExactly "HTTP/1.0 200 OK`r`n`r`nbody"
        }
        finally {
            $http | Stop-ScriptedServer
        }
    }

    It 'keeps what came in the error' {
        try { Invoke-SocketRequest localhost $server.Port 'half' -Line -NewLine None -TimeoutMilliseconds 300; throw 'no error' }
        catch [SocketTools.SocketTimeoutException] {
            $_.Exception.PartialResult.Text, $_.Exception.PartialResult.EndedBy | Should -Be @('half', 'TimedOut')
        }
    }

    It 'shows nothing that moves the cursor' {
        $screen = Invoke-SocketRequest localhost $server.Port "a$([char] 27)[2Jb" -Line | ConvertTo-Screen

        $screen[0] | Should -Match '^ComputerName +Port EndedBy +Bytes +Ms Text$'
        $screen[2] | Should -BeLike '*a\x1b`[2Jb'
    }

    It 'reads the banner of an SSH server' {
        $ssh = Start-SshServer -Folder (New-Item -ItemType Directory -Path "$TestDrive/ssh").FullName
        if (-not $ssh) { Set-ItResult -Skipped -Because 'OpenSSH is not installed'; return }
        try {
            (Invoke-SocketRequest 127.0.0.1 $ssh.Port -Line).Text | Should -BeLike 'SSH-2.0-*'
        }
        finally {
            $ssh | Stop-Daemon
        }
    }

    It 'asks a DNS server by the bytes of a datagram' {
        $dns = Start-Dnsmasq
        if (-not $dns) { Set-ItResult -Skipped -Because 'dnsmasq is not installed'; return }
        try {
            # A question for the address of near.example.test (RFC 1035 section 4).
            $name = -join ('near', 'example', 'test' | ForEach-Object { '{0:x2}' -f $_.Length; -join ($_.ToCharArray() | ForEach-Object { '{0:x2}' -f [int] $_ }) })
            $reply = Invoke-SocketRequest 127.0.0.1 $dns.Port -Protocol Udp -HexString "1234 0100 0001 0000 0000 0000 $name 00 0001 0001"

            $reply.EndedBy | Should -Be 'Datagram'
            $reply.Received[-4..-1] | Should -Be @(127, 0, 0, 1)
        }
        finally {
            $dns | Stop-Daemon
        }
    }
}
