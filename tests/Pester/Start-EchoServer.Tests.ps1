BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
}

Describe 'Start-EchoServer' {
    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'listens on a free port of loopback, and says which' {
        $server = Start-EchoServer

        $server | Should -BeOfType SocketTools.SocketServer
        $server.ComputerName | Should -Be '127.0.0.1'
        $server.Port | Should -BeGreaterThan 0
        $server.State | Should -Be 'Running'
        $server.Handler | Should -Be 'Echo'
        ($server | Test-TcpPort).State | Should -Be 'Open'
    }

    It 'takes a port' {
        $port = Get-FreePort

        (Start-EchoServer $port).Port | Should -Be $port
        Test-TcpPort localhost $port -Quiet | Should -BeTrue
    }

    It 'sends back what it receives, to many clients at once' {
        $cedilla = [char] 0xE7
        $server = Start-EchoServer
        $clients = foreach ($number in 1..20) { New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList '127.0.0.1', $server.Port }
        try {
            foreach ($number in 0..19) {
                $sent = [System.Text.Encoding]::UTF8.GetBytes("client $number $cedilla")
                $clients[$number].GetStream().Write($sent, 0, $sent.Length)
            }
            foreach ($number in 0..19) {
                $clients[$number].ReceiveTimeout = 30000
                $reader = New-Object -TypeName System.IO.BinaryReader -ArgumentList $clients[$number].GetStream()
                $expected = "client $number $cedilla"
                $bytes = $reader.ReadBytes([System.Text.Encoding]::UTF8.GetByteCount($expected))
                [System.Text.Encoding]::UTF8.GetString($bytes) | Should -BeExactly $expected
            }
            # A port scan next door may have connected, too.
            $server.ConnectionsOpen | Should -BeGreaterOrEqual 20
            $server.ConnectionsAccepted | Should -BeGreaterOrEqual 20
            $server.BytesReceived | Should -Be $server.BytesSent
        }
        finally {
            $clients.ForEach('Close')
        }
    }

    It 'listens elsewhere only when asked' {
        try { $server = Start-EchoServer -Address ::1 } catch { Set-ItResult -Skipped -Because 'this system has no IPv6 loopback' }

        $server.ComputerName | Should -Be '::1'
        ($server | Test-TcpPort).State | Should -Be 'Open'
        Test-TcpPort 127.0.0.1 $server.Port -Quiet | Should -BeFalse
    }

    It 'takes an address of this computer, not a name' {
        { Start-EchoServer -Address localhost } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*127.0.0.1*'
        { Start-EchoServer -Address 192.0.2.99 } | Should -Throw -ErrorId 'LocalAddressNotAvailable,*'
    }

    It 'says that a port is taken' {
        $server = Start-EchoServer

        { Start-EchoServer $server.Port } | Should -Throw -ErrorId 'AddressInUse,*' -ExpectedMessage "*$($server.Port)*"
        { Start-EchoServer $server.Port } | Should -Throw -ExceptionType ([SocketTools.SocketOperationException])
    }

    It 'refuses what is not a port' {
        { Start-EchoServer 70000 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Start-EchoServer -1 } | Should -Throw
    }

    It 'starts nothing with -WhatIf' {
        Start-EchoServer -WhatIf | Should -BeNullOrEmpty
        Get-SocketServer | Should -BeNullOrEmpty
    }
}

Describe 'A server' {
    BeforeAll {
        $start = { param($manifest) Import-Module $manifest; Start-EchoServer }
    }

    AfterEach {
        Get-SocketServer | Stop-SocketServer
    }

    It 'ends with the runspace that started it' {
        $shell = [powershell]::Create().AddScript($start).AddArgument((Get-TestedManifest))
        $port = $shell.Invoke()[0].Port
        $before = Test-TcpPort localhost $port
        $shell.Runspace.Close()
        $shell.Dispose()

        $before.State | Should -Be 'Open'
        (Test-TcpPort localhost $port).State | Should -Be 'Closed'
    }

    It 'ends when its session removes the module, and other sessions keep theirs' {
        $ours = Start-EchoServer
        $shell = [powershell]::Create().AddScript($start).AddArgument((Get-TestedManifest))
        try {
            $port = $shell.Invoke()[0].Port
            $before = Test-TcpPort localhost $port
            $shell.Commands.Clear()
            $null = $shell.AddScript('Remove-Module -Name SocketTools').Invoke()

            $before.State | Should -Be 'Open'
            (Test-TcpPort localhost $port).State | Should -Be 'Closed'
            ($ours | Test-TcpPort).State | Should -Be 'Open'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'does not keep its process alive' {
        $port = Invoke-FreshSession {
            param($manifest)
            Import-Module $manifest
            (Start-EchoServer).Port
        }

        Test-TcpPort localhost $port -Quiet | Should -BeFalse
        (Start-EchoServer $port).Port | Should -Be $port
    }

    It 'can be started in many runspaces at once' {
        if ($PSVersionTable.PSVersion.Major -lt 7) { Set-ItResult -Skipped -Because 'Windows PowerShell has no ForEach-Object -Parallel' }
        $manifest = Get-TestedManifest
        $open = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            Start-EchoServer | Test-TcpPort
        }

        $open.State | Should -Be (@('Open') * 8)
        ($open.Port | Sort-Object -Unique).Count | Should -Be 8
    }
}
