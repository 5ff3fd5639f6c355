BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)

    $server = Start-EchoServer
}

AfterAll {
    Stop-SocketServer $server
}

Describe 'Receive-SocketData' {
    BeforeEach {
        $client = Connect-Socket 127.0.0.1 $server.Port
    }

    AfterEach {
        Disconnect-Socket $client
    }

    It 'ends at <Name>' -ForEach @(
        @{ Name = 'a line'; Sent = "one`r`ntwo"; Parameters = @{ Line = $true }; Received = 'one' }
        @{ Name = 'a delimiter'; Sent = 'one;two'; Parameters = @{ Until = ';' }; Received = 'one;' }
        @{ Name = 'bytes'; Sent = 'one;two'; Parameters = @{ Until = [byte[]] (0x3B) }; Received = 'one;' }
        @{ Name = 'a match'; Sent = 'code 42. rest'; Parameters = @{ Until = [regex] '\d+\.' }; Received = 'code 42.' }
        @{ Name = 'a length'; Sent = 'onetwo'; Parameters = @{ Length = 3 }; Received = 'one' }
        @{ Name = 'what comes'; Sent = 'one'; Parameters = @{}; Received = 'one' }
    ) {
        Send-SocketData $client $Sent

        Receive-SocketData $client @Parameters | Should -BeExactly $Received
    }

    It 'keeps what follows for the next call' {
        Send-SocketData $client "one`r`ntwo`n"

        Receive-SocketData $client -Line | Should -BeExactly 'one'
        Receive-SocketData $client -Line | Should -BeExactly 'two'
        Receive-SocketData $client -Available | Should -BeNullOrEmpty
    }

    It 'keeps what came before a time-out' {
        Send-SocketData $client 'half'

        try { Receive-SocketData $client -Line -TimeoutMilliseconds 300; throw 'no error' }
        catch [SocketTools.SocketTimeoutException] { $_.Exception.PartialResult | Should -BeExactly 'half' }
        Send-SocketData $client "+`n"
        Receive-SocketData $client -Line | Should -BeExactly 'half+'
    }

    It 'gives lines as they come' {
        Send-SocketData $client "a`nb`n"
        Receive-SocketData $client -Lines | Select-Object -First 1 | Should -BeExactly 'a'
        Disconnect-Socket $client -SendOnly
        Receive-SocketData $client -Lines | Should -BeExactly 'b'
    }

    It 'gives nothing at the end' {
        Disconnect-Socket $client -SendOnly

        Receive-SocketData $client | Should -BeNullOrEmpty
        Receive-SocketData $client -Line | Should -BeNullOrEmpty
    }

    It 'says that the end came too early' {
        Send-SocketData $client 'ab'
        Disconnect-Socket $client -SendOnly

        { Receive-SocketData $client -Length 3 } | Should -Throw -ErrorId 'ConnectionClosed,*'
        Receive-SocketData $client -ToEnd | Should -BeExactly 'ab'
    }

    It 'takes no more than allowed' {
        Send-SocketData $client ('x' * 100)

        { Receive-SocketData $client -Line -MaximumBytes 50 } | Should -Throw -ErrorId 'LimitExceeded,*'
    }

    It 'writes to a file' {
        Send-SocketData $client 'content'
        Disconnect-Socket $client -SendOnly
        Receive-SocketData $client -ToEnd -OutFile "$TestDrive/out.txt"

        [System.IO.File]::ReadAllText("$TestDrive/out.txt") | Should -BeExactly 'content'
    }
}
