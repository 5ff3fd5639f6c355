BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $listener = Start-TestListener
    $refusing = New-ClosedPort
    $open = $listener.LocalEndpoint.Port
    $closed = $refusing.LocalEndPoint.Port

    # Does something as soon as a wait has found a port in a state, and passes the wait's results on.
    filter Step-Wait([hashtable] $When) {
        if ($_ -isnot [System.Management.Automation.VerboseRecord]) {
            return $_
        }
        foreach ($pattern in @($When.Keys)) {
            if ($_.Message -like $pattern) {
                $null = & $When[$pattern]
                $When.Remove($pattern)
            }
        }
    }
}

AfterAll {
    $listener.Stop()
    $refusing.Dispose()
}

Describe 'Wait-TcpPort' {
    It 'gives the result of an open port at once' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $result = Wait-TcpPort localhost $open -TimeoutSeconds 60

        $result | Should -BeOfType SocketTools.TcpPortResult
        $result.ComputerName | Should -BeExactly 'localhost'
        $result.Port | Should -Be $open
        $result.State | Should -Be 'Open'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'waits for a port that opens later' {
        $socket = New-ClosedPort
        try {
            $result = Wait-TcpPort 127.0.0.1 $socket.LocalEndPoint.Port -Verbose 4>&1 | Step-Wait @{ '* Closed *' = { $socket.Listen(10) } }
        }
        finally {
            $socket.Dispose()
        }

        $result.State | Should -Be 'Open'
    }

    It 'waits for a server that is started, and for its end' {
        $port = Get-FreePort
        Wait-TcpPort localhost $port -Quiet -Verbose 4>&1 | Step-Wait @{ '* Closed *' = { Start-EchoServer $port } } | Should -BeExactly $true

        $result = Get-SocketServer -Port $port | Wait-TcpPort -State Closed -Verbose 4>&1 | Step-Wait @{ '* Open *' = { Stop-SocketServer -Port $port } }
        $result.Reason | Should -Be 'ConnectionRefused'
    }

    It 'says of each port that was not there in time what it was last, why, and what to do' {
        $results = Wait-TcpPort 127.0.0.1 $open, $closed -TimeoutSeconds 1.5 -ErrorVariable missing -ErrorAction SilentlyContinue

        $results.Port | Should -Be $open
        $missing.Count | Should -Be 1
        $missing[0].FullyQualifiedErrorId | Should -BeExactly 'TimedOut,SocketTools.Commands.WaitTcpPortCommand'
        $missing[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $missing[0].TargetObject | Should -BeExactly "127.0.0.1:$closed"
        $missing[0].Exception | Should -BeOfType SocketTools.SocketTimeoutException
        $missing[0].Exception.Message |
            Should -BeLike "127.0.0.1:$closed was not Open within 1.5 s: it was last Closed (ConnectionRefused, ECONNREFUSED). *check that the service runs*"
        $missing[0].Exception.PartialResult.State | Should -Be 'Closed'
    }

    It 'ends a script with -ErrorAction Stop' {
        { Wait-TcpPort 127.0.0.1 $closed -TimeoutSeconds 1.5 -ErrorAction Stop } | Should -Throw -ErrorId 'TimedOut,*' -ExpectedMessage "127.0.0.1:$closed*Closed*"
    }

    It 'is one Boolean with -Quiet, and no error' {
        Wait-TcpPort localhost, 127.0.0.1 $open -Quiet | Should -BeExactly $true
        Wait-TcpPort localhost $open, $closed -TimeoutSeconds 0.2 -Quiet -ErrorVariable errors | Should -BeExactly $false
        $errors.Count | Should -Be 0
        $answer = if (Wait-TcpPort localhost $closed -TimeoutSeconds 0.2 -Quiet) { 'up' } else { 'down' }
        $answer | Should -Be 'down'
    }

    It 'ends with the first port with -Any' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $result = Wait-TcpPort localhost $closed, $open -Any

        $result.Port | Should -Be $open
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        Wait-TcpPort localhost $closed -Any -TimeoutSeconds 0.2 -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing.Count | Should -Be 1
    }

    It 'waits for what is not open any more' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux drops handshakes when a queue is full' }
        $silent = New-SilentPort
        try {
            $results = Wait-TcpPort 127.0.0.1 $silent.Port, $closed -State Closed, Filtered -TimeoutMilliseconds 200
            $none = Wait-TcpPort 127.0.0.1 $silent.Port -State Closed -TimeoutSeconds 0.3 -Quiet
        }
        finally {
            $silent.Sockets.ForEach('Dispose')
        }

        $results.State | Sort-Object | Should -Be @('Closed', 'Filtered')
        $none | Should -BeFalse
    }

    It 'can ask for a port that stays open' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        (Wait-TcpPort localhost $open -StableCount 4 -IntervalMilliseconds 100).State | Should -Be 'Open'

        $clock.Elapsed.TotalMilliseconds | Should -BeGreaterOrEqual 290
    }

    It 'waits for many at once' {
        $results = Wait-TcpPort 127.0.3.0/24 $closed, 1 -State Closed

        $results.Count | Should -Be 512
        ($results | Select-Object ComputerName, Port -Unique).Count | Should -Be 512
    }

    It 'follows a name that gets its address later' {
        $obstacle = Get-NetworkObstacle
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle }
        $answer = Invoke-WithOwnNetwork -Folder $TestDrive -Script {
            $server = Start-EchoServer
            Wait-TcpPort late.example.test $server.Port -WarningVariable warnings -Verbose 4>&1 | ForEach-Object {
                "$_"
                if ("$_" -like '*Unknown (Name*') {
                    Add-Content -LiteralPath "$PSScriptRoot/hosts" -Value '127.0.0.9 late.example.test'
                }
                if ("$_" -like '* Closed *') {
                    [System.IO.File]::WriteAllText("$PSScriptRoot/hosts", "127.0.0.1 localhost late.example.test`n")
                }
            }
            "$($warnings.Count) warnings"
        }

        $answer[1] | Should -BeLike 'late.example.test:* Unknown (Name*'
        $answer[2] | Should -BeLike 'late.example.test:* Closed (ConnectionRefused, ECONNREFUSED)'
        $answer[3] | Should -BeLike 'late.example.test:* Open (Connected)'
        $answer[4] | Should -BeLike 'late.example.test:* Open (Connected, * ms)'
        $answer[5] | Should -Be '0 warnings'
    }

    It 'says that a host without a port needs one' {
        { Wait-TcpPort localhost -ErrorAction Stop } | Should -Throw -ErrorId 'PortMissing,*' -ExpectedMessage '*-Port*'
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a state that is no evidence'; Arguments = @{ State = 'Unknown' } }
        @{ Case = 'a state that TCP does not have'; Arguments = @{ State = 'OpenOrFiltered' } }
        @{ Case = 'no time'; Arguments = @{ TimeoutSeconds = 0 } }
        @{ Case = 'no interval'; Arguments = @{ IntervalMilliseconds = 0 } }
        @{ Case = 'no successes'; Arguments = @{ StableCount = 0 } }
    ) {
        { Wait-TcpPort localhost $open @Arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Wait-TcpPort in the pipeline' {
    It 'takes the rows of a CSV file and what other cmdlets give' {
        Set-Content -Path TestDrive:/hosts.csv -Value 'ComputerName,Port', "localhost,$closed", "127.0.0.1,`"$closed, 1`""

        (Import-Csv TestDrive:/hosts.csv | Wait-TcpPort -State Closed).Count | Should -Be 3
        (Test-TcpPort localhost $open | Wait-TcpPort | Wait-TcpPort).State | Should -Be 'Open'
        (Resolve-HostInfo localhost | Wait-TcpPort -Port $open).State | Should -Be 'Open'
    }

    It 'gives each result when it is there' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $result = Wait-TcpPort localhost $closed, $open | Select-Object -First 1

        $result.Port | Should -Be $open
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'the other is not waited for'
    }
}

Describe 'Wait-TcpPort, completion' {
    It 'offers services and the states that make sense' {
        Get-Completion 'Wait-TcpPort localhost -Port https' | Should -Contain 'https'
        Get-Completion 'Wait-TcpPort localhost 22 -State ' | Should -Be @('Closed', 'Filtered', 'Open')
    }
}
