BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"
    $listener = Start-TestListener
    $refusing = New-ClosedPort
    $open = $listener.LocalEndpoint.Port
    $closed = $refusing.LocalEndPoint.Port
}

AfterAll {
    $listener.Stop()
    $refusing.Dispose()
}

Describe 'Measure-TcpLatency' {
    It 'takes four samples and tells their figures' {
        $statistics = Measure-TcpLatency localhost $open -IntervalMilliseconds 10

        $statistics | Should -BeOfType SocketTools.LatencyStatistics
        $statistics.ComputerName | Should -BeExactly 'localhost'
        $statistics.Address | Should -Be '127.0.0.1'
        $statistics.Port | Should -Be $open
        $statistics.State | Should -Be 'Open'
        $statistics.Reason | Should -Be 'Connected'
        $statistics.Sent | Should -Be 4
        $statistics.Received | Should -Be 4
        $statistics.LossPercent | Should -Be 0
        $statistics.Samples.Count | Should -Be 4
        $sorted = $statistics.Samples | Sort-Object
        $statistics.MinMs | Should -Be $sorted[0]
        $statistics.MedianMs | Should -Be (($sorted[1] + $sorted[2]) / 2)
        $statistics.P95Ms | Should -Be $sorted[3]
        $statistics.MaxMs | Should -Be $sorted[3]
        $statistics.MeanMs | Should -BeGreaterThan 0
        $statistics.JitterMs | Should -Not -BeNullOrEmpty
        $statistics.Sparkline.Length | Should -Be 4
        $statistics.Source | Should -Be ([Environment]::MachineName)
        $statistics.StartTime.Kind | Should -Be 'Utc'
        "$statistics" | Should -BeLike "localhost:$open Open, 4 sent, 0 % lost, min *"
    }

    It 'measures a closed port by its refusals' {
        $statistics = Measure-TcpLatency 127.0.0.1 $closed -Count 3 -IntervalMilliseconds 5

        $statistics.State | Should -Be 'Closed'
        $statistics.Received | Should -Be 3
        $statistics.MinMs | Should -BeGreaterThan 0
    }

    It 'tells of silence that it is loss, and never a latency of 0' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux drops handshakes when a queue is full' }
        $silent = New-SilentPort
        try {
            $statistics = Measure-TcpLatency 127.0.0.1 $silent.Port -Count 3 -IntervalMilliseconds 5 -TimeoutMilliseconds 50
            $sample = Measure-TcpLatency 127.0.0.1 $silent.Port -Count 1 -TimeoutMilliseconds 50 -Detailed
        }
        finally {
            $silent.Sockets.ForEach('Dispose')
        }

        $statistics.LossPercent | Should -Be 100
        $statistics.State | Should -Be 'Filtered'
        $statistics.MeanMs | Should -BeNullOrEmpty
        $statistics.JitterMs | Should -BeNullOrEmpty
        $statistics.Sparkline | Should -BeExactly ([string][char]0xD7 * 3)
        ($statistics | ConvertTo-Screen)[-1] | Should -BeExactly '3 sent, 0 received, 100 % lost'
        $sample.LatencyMs | Should -BeNullOrEmpty
        $sample.Reason | Should -Be 'TimedOut'
    }

    It 'condenses many samples to a line that fits' {
        $statistics = Measure-TcpLatency 127.0.0.1 $open -Count 150 -IntervalMilliseconds 1

        $statistics.Received | Should -Be 150
        $statistics.Sparkline.Length | Should -Be 50
    }

    It 'measures for a time' {
        $statistics = Measure-TcpLatency 127.0.0.1 $open -DurationSeconds 0.2 -IntervalMilliseconds 20

        $statistics.Sent | Should -BeGreaterThan 1
        $statistics.Sent | Should -BeLessOrEqual 10
        { Measure-TcpLatency 127.0.0.1 $open -Count 1 -DurationSeconds 1 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'gives the samples with -Detailed, and nothing else' {
        $samples = Measure-TcpLatency localhost $open -Count 3 -IntervalMilliseconds 5 -Detailed

        $samples | Should -BeOfType SocketTools.LatencySample
        $samples.Sequence | Should -Be @(1, 2, 3)
        $samples.State | Should -Be @('Open', 'Open', 'Open')
        $samples.ErrorCode | Should -Be @(0, 0, 0)
        "$($samples[0])" | Should -BeLike "localhost:$open #1 Open (Connected, * ms)"
    }

    It 'reports a name that does not resolve, and goes on' {
        $ErrorActionPreference = 'Stop'
        $results = Measure-TcpLatency no-such-host.invalid, localhost $open -Count 1 -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings.Count | Should -Be 1
        $bad = $results | Where-Object ComputerName -NE localhost
        $bad.State | Should -Be 'Unknown'
        $bad.Sent | Should -Be 0
        $bad.LossPercent | Should -BeNullOrEmpty
        ($bad | ConvertTo-Screen)[-1] | Should -BeExactly 'nothing sent'
        ($results | Where-Object ComputerName -EQ localhost).Received | Should -Be 1
    }

    It 'says that a host without a port needs one' {
        { Measure-TcpLatency localhost -ErrorAction Stop } | Should -Throw -ErrorId 'PortMissing,*' -ExpectedMessage '*-Port*'
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'no samples'; Arguments = @{ Count = 0 } }
        @{ Case = 'no time'; Arguments = @{ DurationSeconds = 0 } }
        @{ Case = 'no interval'; Arguments = @{ IntervalMilliseconds = 0 } }
        @{ Case = 'no time-out'; Arguments = @{ TimeoutMilliseconds = 0 } }
    ) {
        { Measure-TcpLatency localhost $open @Arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'Measure-TcpLatency in the pipeline' {
    It 'measures what is piped at the same time' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $results = 1..30 | ForEach-Object { "127.0.0.$_" } | Measure-TcpLatency -Port $closed -Count 2 -IntervalMilliseconds 1000

        $results.Count | Should -Be 30
        # One after the other would take thirty seconds.
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'takes the rows of a CSV file and what other cmdlets give' {
        Set-Content -Path TestDrive:/hosts.csv -Value 'ComputerName,Port', "localhost,$open", "127.0.0.1,`"$open, $closed`""

        (Import-Csv TestDrive:/hosts.csv | Measure-TcpLatency -Count 1).Count | Should -Be 3
        (Test-TcpPort localhost $open | Measure-TcpLatency -Count 1).Received | Should -Be 1
        (Measure-TcpLatency localhost $open -Count 1 | Test-TcpPort).State | Should -Be 'Open'
    }

    It 'streams samples and ends at once when Select-Object has enough' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $samples = Measure-TcpLatency 127.0.0.1 $open -Count 100000 -IntervalMilliseconds 100 -Detailed | Select-Object -First 2

        $samples.Sequence | Should -Be @(1, 2)
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'comes back from a CLIXML file, a CSV file and JSON' {
        $statistics = Measure-TcpLatency localhost $open -Count 2 -IntervalMilliseconds 5
        $statistics | Export-Clixml TestDrive:/latency.xml
        $statistics | Export-Csv TestDrive:/latency.csv -NoTypeInformation
        $copy = Import-Clixml TestDrive:/latency.xml
        $row = Import-Csv TestDrive:/latency.csv
        $json = $statistics | ConvertTo-Json | ConvertFrom-Json

        $copy.State | Should -BeExactly 'Open'
        $copy.Samples | Should -Be $statistics.Samples
        $copy | ConvertTo-Screen | Should -BeExactly ($statistics | ConvertTo-Screen)
        $row.State | Should -BeExactly 'Open'
        $row.Sent | Should -Be 2
        $json.Samples | Should -Be $statistics.Samples
        $json.Sparkline | Should -BeExactly $statistics.Sparkline
    }

    It 'ends without a word when its session is stopped and has no screen' {
        $shell = [powershell]::Create().AddScript({
                param($manifest, $port)
                Import-Module $manifest
                Measure-TcpLatency 127.0.0.1 $port -Count 100000 -IntervalMilliseconds 10 -Detailed
            }).AddArgument((Get-TestedManifest)).AddArgument($open)
        $output = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
        $running = $shell.BeginInvoke($output, $output)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while ($output.Count -lt 2 -and $clock.Elapsed.TotalSeconds -lt 30) { [System.Threading.Thread]::Yield() > $null }
        $shell.Stop()

        $output.Count | Should -BeGreaterThan 1
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $running.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }
}

Describe 'Measure-TcpLatency, completion' {
    It 'offers services and properties' {
        Get-Completion 'Measure-TcpLatency localhost -Port https' | Should -Contain 'https'
        Get-Completion 'Measure-TcpLatency localhost 22 | Where-Object P95' | Should -Be 'P95Ms'
    }
}
