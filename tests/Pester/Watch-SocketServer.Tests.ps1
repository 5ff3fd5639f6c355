BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)

    # Talks to a server from another runspace, again and again.
    function Start-Talk([int] $Port) {
        $shell = [powershell]::Create().AddScript({
                param($manifest, $port)
                Import-Module $manifest
                while ($true) { $null = Invoke-SocketRequest 127.0.0.1 $port hello -Length 5 }
            }).AddArgument((Get-TestedManifest)).AddArgument($Port)
        $null = $shell.BeginInvoke()
        $shell
    }
}

Describe 'Watch-SocketServer' {
    BeforeEach {
        $server = Start-EchoServer
        $talk = Start-Talk $server.Port
    }

    AfterEach {
        $talk.Dispose()
        Get-SocketServer | Stop-SocketServer
    }

    It 'writes connections as they end' {
        $connection = Watch-SocketServer $server | Select-Object -First 3

        $connection | Should -HaveCount 3
        $connection.FirstText | Sort-Object -Unique | Should -Be 'hello'
        $connection[0].BytesSent | Should -Be 5
        $connection[0].ServerPort | Should -Be $server.Port
        $connection[0].End | Should -Not -Be 'Open'
        ($connection[0] | ConvertTo-Deserialized).End | Should -BeOfType string
    }

    It 'ends with its time, and finds servers by port' {
        Watch-SocketServer -Port $server.Port -TimeoutSeconds 1 -IncludeOpened | Should -Not -BeNullOrEmpty
        { Watch-SocketServer -Port 1 -ErrorAction Stop } | Should -Throw -ErrorId 'ServerNotFound,*'
    }

    It 'shows a line a connection' {
        $screen = Watch-SocketServer $server | Select-Object -First 1 | ConvertTo-Screen

        $screen[0] | Should -Match '^ComputerName +Port +Received +Sent +Ms End +First$'
        $screen[2] | Should -Match '^127.0.0.1 +\d+ +5 +5 +[\d.,]+ Client(Closed|Reset) +hello$'
    }
}
