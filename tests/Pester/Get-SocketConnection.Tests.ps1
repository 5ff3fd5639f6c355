BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)

    $server = Start-EchoServer
    $clients = 1..3 | ForEach-Object { Connect-Socket 127.0.0.1 $server.Port }
}

AfterAll {
    Get-SocketConnection | Disconnect-Socket
    Stop-SocketServer $server
}

Describe 'Get-SocketConnection' {
    It 'lists what is open, the oldest first' {
        (Get-SocketConnection | Where-Object Id -In $clients.Id).Id | Should -Be $clients.Id
        (Get-SocketConnection $clients[1].Id).Id | Should -Be $clients[1].Id
    }

    It 'forgets what is closed' {
        Disconnect-Socket $clients[0]

        { Get-SocketConnection $clients[0].Id -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotFound,*'
        (Get-SocketConnection).Id | Should -Not -Contain $clients[0].Id
    }

    It 'leaves none of a thousand when the module goes' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux shows the descriptors of a process in /proc' ; return }
        $seen = Invoke-FreshSession -ArgumentList $server.Port -Script {
            param($manifest, $port)
            Import-Module $manifest
            $sockets = { @(ls -l /proc/$PID/fd 2>$null | Select-String -SimpleMatch 'socket:').Count }
            Connect-Socket 127.0.0.1 $port | Disconnect-Socket
            $before = & $sockets
            # As many as the system allows a process, at most a thousand.
            $count = [Math]::Min(1000, [int] (sh -c 'ulimit -n') - 400)
            $null = foreach ($number in 1..$count) { Connect-Socket 127.0.0.1 $port }
            (Get-SocketConnection).Count -eq $count
            (& $sockets) - $before -ge $count
            Remove-Module SocketTools
            (& $sockets) - $before
        }

        $seen | Should -Be @($true, $true, 0)
    }
}
