BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)

    $server = Start-EchoServer
}

AfterAll {
    Stop-SocketServer $server
}

Describe 'Disconnect-Socket' {
    BeforeEach {
        $client = Connect-Socket 127.0.0.1 $server.Port
    }

    AfterEach {
        Disconnect-Socket $client
    }

    It 'closes, and closes again' {
        ($client | Disconnect-Socket -PassThru).State | Should -Be 'Closed'
        Disconnect-Socket $client
        $client.State | Should -Be 'Closed'
    }

    It 'ends its own half only' {
        Send-SocketData $client 'last'
        Disconnect-Socket $client -SendOnly

        $client.State | Should -Be 'SendClosed'
        Receive-SocketData $client -ToEnd | Should -BeExactly 'last'
        { Send-SocketData $client 'more' } | Should -Throw
    }

    It 'resets' {
        Disconnect-Socket $client -Reset
        $client.State | Should -Be 'Closed'
    }

    It 'closes several' {
        $clients = 1..3 | ForEach-Object { Connect-Socket 127.0.0.1 $server.Port }
        Disconnect-Socket $clients
        $clients.State | Should -Be @('Closed', 'Closed', 'Closed')
    }
}
