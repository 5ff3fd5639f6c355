BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)

    $server = Start-EchoServer
}

AfterAll {
    Stop-SocketServer $server
}

Describe 'Send-SocketData' {
    BeforeEach {
        $client = Connect-Socket 127.0.0.1 $server.Port
    }

    AfterEach {
        Disconnect-Socket $client
    }

    It 'sends <Name>' -ForEach @(
        @{ Name = 'text as it is'; Script = { Send-SocketData $client 'ação' }; Bytes = 0x61, 0xC3, 0xA7, 0xC3, 0xA3, 0x6F }
        @{ Name = 'a line'; Script = { Send-SocketData $client 'a' -Line }; Bytes = 0x61, 13, 10 }
        @{ Name = 'a line with LF'; Script = { Send-SocketData $client 'a' -NewLine lf }; Bytes = 0x61, 10 }
        @{ Name = 'another encoding'; Script = { Send-SocketData $client 'a' -Encoding unicode }; Bytes = 0x61, 0 }
        @{ Name = 'hexadecimal'; Script = { Send-SocketData $client -HexString '00 ff' }; Bytes = 0, 255 }
        @{ Name = 'bytes of the pipeline'; Script = { [byte[]] (1, 2) | Send-SocketData $client }; Bytes = 1, 2 }
        @{ Name = 'bytes of an argument'; Script = { Send-SocketData $client ([byte[]] (1, 2)) }; Bytes = 1, 2 }
        @{ Name = 'lines of the pipeline'; Script = { 'a', 'b' | Send-SocketData $client -NewLine Lf }; Bytes = 0x61, 10, 0x62, 10 }
        @{ Name = 'to a piped connection'; Script = { $client | Send-SocketData 'a' }; Bytes = , 0x61 }
    ) {
        . $Script

        (Receive-SocketData $client -Length $Bytes.Count -AsByteStream) -join ' ' | Should -BeExactly ($Bytes -join ' ')
        $client.BytesSent | Should -Be $Bytes.Count
    }

    It 'sends the content of a file' {
        [System.IO.File]::WriteAllText("$TestDrive/file.txt", 'content')

        Get-Item "$TestDrive/file.txt" | Send-SocketData $client
        Receive-SocketData $client -Length 7 | Should -BeExactly 'content'
    }

    It 'says that the connection is closed' {
        Disconnect-Socket $client

        { Send-SocketData $client 'x' } | Should -Throw -ErrorId 'ConnectionClosed,*' -ExpectedMessage '*0 of 1 bytes*'
    }

    It 'refuses what is not hexadecimal' {
        { Send-SocketData $client -HexString 'xyz' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*two digits*'
    }
}
