# What comes back from other processes and other computers: plain Invoke-Command and Start-Job, nothing of the module's own.
BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
}

Describe 'Results from elsewhere' {
    It 'come from a job with their source, states as words and numbers as numbers' {
        $server = Start-EchoServer
        try {
            $result = Start-Job -ArgumentList (Get-TestedManifest), $server.Port -ScriptBlock {
                Import-Module $args[0]
                Test-TcpPort 127.0.0.1 $args[1]
            } | Receive-Job -Wait -AutoRemoveJob
        }
        finally {
            $server | Stop-SocketServer
        }

        $result.PSTypeNames | Should -Contain 'Deserialized.SocketTools.TcpPortResult'
        $result.Source | Should -Be ([Environment]::MachineName)
        $result.State | Should -BeExactly 'Open'
        $result.LatencyMs | Should -BeOfType [double]
        $result.Timestamp | Should -BeOfType [datetime]
        @(ConvertTo-Screen $result)[-1] | Should -BeLike '*127.0.0.1*Open*Connected*'
    }

    It 'come over ssh, each with the computer that it was measured on' {
        $obstacle = Get-NetworkObstacle -Server office
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle; return }
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/office").FullName

        $answer = Invoke-WithOwnNetwork -Folder $folder -Server office -Script {
            Invoke-Command -HostName web1, web2 { Test-TcpPort db1, db2 5432 } | Sort-Object -Property Source, ComputerName |
                ForEach-Object { "$($_.Source) $($_.PSComputerName) $($_.ComputerName) $($_.State) $($_.PSTypeNames[0])" }
        }

        $answer | Should -Be @(
            'web1 web1 db1 Open Deserialized.SocketTools.TcpPortResult'
            'web1 web1 db2 Closed Deserialized.SocketTools.TcpPortResult'
            'web2 web2 db1 Open Deserialized.SocketTools.TcpPortResult'
            'web2 web2 db2 Closed Deserialized.SocketTools.TcpPortResult'
        )
    }
}
