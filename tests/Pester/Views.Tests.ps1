BeforeDiscovery {
    $names = (Get-ChildItem -Path "$PSScriptRoot/../Views/*.txt").BaseName
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    $server = Start-EchoServer
    $closed = New-ClosedPort
    $http = Start-ScriptedServer -Response (
        "HTTP/1.1 200 OK`r`nServer: test`r`nX-Evil: a$([char] 27)[31mb`r`nContent-Length: 300`r`n`r`n" +
        (-join (1..100 | ForEach-Object { "{0:00}`n" -f ($_ % 100) })))
    $dns = Start-DnsServer -Zone @{ '_web._tcp.example.test 33' = 0, 5, 0, 7, 1, 0xBB, 3, 0x77, 0x65, 0x62, 4, 0x74, 0x65, 0x73, 0x74, 0 }
    $shown = @{
        DnsRecord       = Resolve-DnsRecord _web._tcp.example.test SRV -Server $dns.EndPoint
        TcpPortResult   = Test-TcpPort 127.0.0.1 $server.Port
        PortScanReport  = Find-OpenPort 127.0.0.1 1-20, $server.Port
        HostInfo        = Resolve-HostInfo 127.0.0.1
        ServiceInfo     = Get-ServiceByPort 443
        ProtocolInfo    = Get-ProtocolByName icmp
        IPAddressInfo   = Get-IPAddressInfo 10.0.0.1/8
        RawHttpResponse = Invoke-RawHttp $http.Url
    }
    $shown.LatencyStatistics = Measure-TcpLatency localhost $server.Port -Count 8 -IntervalMilliseconds 5
    $shown.LatencySample = Measure-TcpLatency 127.0.0.1 $server.Port -Count 1 -Detailed
    Import-Module "$PSScriptRoot/../Views/Golden.psm1"
    $golden = Get-GoldenObject
    # Last of all, so that its counters no longer move.
    Stop-SocketServer $server
    $shown.SocketServer = $server
    $shown.ServerConnection = $server.Connections[0]
    $shown.PortReasonCount = $shown.PortScanReport.Reasons[0]
    $shown.HttpHeader = $shown.RawHttpResponse.Headers[0]
    $shown.HttpTiming = $shown.RawHttpResponse.Timing
}

AfterAll {
    $closed.Dispose()
    $http | Stop-ScriptedServer
    $dns | Stop-DnsServer
}

Describe 'The view of a port' {
    It 'is a row with the state, the reason and the time' {
        $header, $line, $row = $shown.TcpPortResult | ConvertTo-Screen

        $header | Should -Match '^ComputerName +Port Service +State +Reason +Ms$'
        $line | Should -Match '^[- ]+$'
        $row | Should -Match "^127\.0\.0\.1 +$($server.Port)( \S+)? +Open +Connected +\d+[.,]\d\d$"
    }

    It 'has the address beside a name' {
        (Test-TcpPort localhost $closed.LocalEndPoint.Port | ConvertTo-Screen)[2] |
            Should -Match "^localhost \[(127\.0\.0\.1|::1)\] +$($closed.LocalEndPoint.Port)( \S+)? +Closed +ConnectionRefused +\d+[.,]\d\d$"
    }

    It 'names the service' {
        (Test-TcpPort 127.0.0.1 443 | ConvertTo-Screen)[2] | Should -Match '^127\.0\.0\.1 +443 https +\w+ +\w+'
    }

    It 'is one table for many results' {
        $screen = Test-TcpPort 127.0.0.1 1-20 | Sort-Object Port | ConvertTo-Screen

        $screen.Count | Should -Be 22
        ($screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'lists everything with Format-List' {
        $text = $shown.TcpPortResult | Format-List | ConvertTo-Screen

        ($text -replace ' *:.*$') | Should -Be @(
            'ComputerName', 'Address', 'Port', 'Service', 'State', 'Reason'
            'ErrorName', 'ErrorCode', 'LatencyMs', 'Attempts', 'Banner', 'BannerBytes', 'HostName', 'Source', 'Timestamp'
        )
        $text | Should -Contain 'State        : Open'
    }
}

Describe 'The view of a latency' {
    It 'is a block with the samples drawn and their figures' {
        $screen = $shown.LatencyStatistics | ConvertTo-Screen

        $screen[0] | Should -Match "^localhost:$($server.Port) \[(127\.0\.0\.1|::1)\] Open$"
        $screen[1] | Should -BeExactly $shown.LatencyStatistics.Sparkline
        $screen[2] | Should -BeExactly '8 sent, 8 received, 0 % lost'
        $screen[3] | Should -Match '^min \d+[.,]\d\d, mean \d+[.,]\d\d, median \d+[.,]\d\d, p95 \d+[.,]\d\d, max \d+[.,]\d\d, jitter \d+[.,]\d\d ms$'
        $screen.Count | Should -Be 4
    }

    It 'has a table of many' {
        $screen = $shown.LatencyStatistics, $shown.LatencyStatistics | Format-Table | ConvertTo-Screen

        $screen[0] | Should -Match '^ComputerName +Port +Sent +Loss +Min +Median +P95 +Max +Jitter$'
        $screen[2] | Should -Match "^localhost +$($server.Port) +8 +0 % +\d+[.,]\d\d( +\d+[.,]\d\d){4}$"
        $screen.Count | Should -Be 4
    }

    It 'is a row for a sample' {
        $header, $line, $row = $shown.LatencySample | ConvertTo-Screen

        $header | Should -Match '^ComputerName +Port Sequence State +Reason +Ms$'
        $row | Should -Match "^127\.0\.0\.1 +$($server.Port) +1 Open +Connected +\d+[.,]\d\d$"
    }
}

Describe 'The view of a host' {
    It 'is a row with its addresses' {
        $header, $line, $row = $shown.HostInfo | ConvertTo-Screen

        $header | Should -Match '^ComputerName +HostName +Aliases +Addresses$'
        $row | Should -Match '^127\.0\.0\.1 +\S+ +127\.0\.0\.1'
    }

    It 'lists everything with Format-List' {
        $text = $shown.HostInfo | Format-List | ConvertTo-Screen

        ($text -replace ' *:.*$') | Should -Be @(
            'ComputerName', 'HostName', 'FullyQualifiedName', 'AnsweredName', 'Aliases', 'Addresses', 'IPv4Addresses'
            'IPv6Addresses', 'ReverseNames', 'ForwardConfirmed', 'AddressInfo', 'ElapsedMs', 'Source', 'Timestamp'
        )
        $text | Should -Contain 'Addresses          : {127.0.0.1}'
    }
}

Describe 'The view of a DNS record' {
    It 'is a row with its data' {
        $header, $line, $row = $shown.DnsRecord | ConvertTo-Screen

        $header | Should -Match '^Name +Type +TimeToLive +Data$'
        $row | Should -Match '^_web\._tcp\.example\.test +SRV +60 5 7 443 web\.test\.$'
    }

    It 'lists with Format-List what its type has' {
        $text = $shown.DnsRecord | Format-List | ConvertTo-Screen

        ($text -replace ' *:.*$') | Should -Be @(
            'Name', 'Type', 'TimeToLive', 'Data', 'Target', 'Priority', 'Weight', 'Port'
            'ComputerName', 'Server', 'ElapsedMs', 'Source', 'Timestamp'
        )
    }
}

Describe 'The view of a service' {
    It 'is a row with port and protocol' {
        $header, $line, $row = $shown.ServiceInfo | ConvertTo-Screen

        $header | Should -Match '^Name +Port Protocol Aliases +Description$'
        $row | Should -Match '^https +443 Tcp +\S'
    }

    It 'fits the screen whatever the services are called' {
        $screen = Get-ServiceByPort 1-1024 | ConvertTo-Screen

        ($screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $screen | Where-Object { $_ -match '^ssh +22 Tcp ' } | Should -HaveCount 1
    }
}

Describe 'The view of a protocol' {
    It 'is a row with its number' {
        $header, $line, $row = $shown.ProtocolInfo | ConvertTo-Screen

        $header | Should -Match '^Name +Number Aliases +Description$'
        $row | Should -Match '^icmp +1 \S'
    }
}

Describe 'The view of an address' {
    It 'lists what it has' {
        $text = $shown.IPAddressInfo | ConvertTo-Screen

        ($text -replace ' *:.*$') | Should -Be @(
            'Address', 'Number', 'Hexadecimal', 'Binary', 'Bytes', 'ReverseName', 'MappedAddress', 'NetworkOrderNumber', 'Class'
            'Scope', 'GloballyReachable', 'Purpose', 'Network', 'Netmask', 'WildcardMask', 'BroadcastAddress'
            'FirstHost', 'LastHost', 'AddressCount', 'HostCount'
        )
        $text | Should -Contain 'Bytes              : 10 0 0 1'
        $text | Should -Contain 'Purpose            : Private-Use, RFC 1918'
    }

    It 'fits the screen in IPv6' {
        $screen = Get-IPAddressInfo ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/64, ::1 | ConvertTo-Screen

        ($screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'is a row in a table' {
        $header, $line, $row = $shown.IPAddressInfo | Format-Table | ConvertTo-Screen

        $header | Should -Match '^Address +Network +Scope +Purpose$'
        $row | Should -Match '^10\.0\.0\.1 +10\.0\.0\.0/8 +Private +Private-Use, RFC 1918$'
    }
}

Describe 'The view of a server' {
    It 'is a row with its counters' {
        $header, $line, $row = $shown.SocketServer | ConvertTo-Screen

        $header | Should -Match '^Address +Port Handler +State +Open +Accepted Received +Sent$'
        $row | Should -Match "^127\.0\.0\.1 +$($server.Port) Echo +Stopped +0 +[1-9]\d* +0 +0$"
    }
}

Describe 'The view of an HTTP response' {
    It 'is its head and the first lines of its body' {
        $screen = $shown.RawHttpResponse | ConvertTo-Screen

        $screen[0] | Should -BeExactly 'HTTP/1.1 200 OK'
        $screen[1] | Should -BeExactly 'Server: test'
        $screen | Should -Contain '01'
        $screen | Should -Contain '20'
        $screen | Should -Not -Contain '21'
        $screen -like '*300 bytes*' | Should -HaveCount 1
        $screen[-1] | Should -BeExactly '[Findings: 1, see Findings: InvalidValueCharacter]'
    }

    It 'does not let a server move the cursor' {
        $text = $shown.RawHttpResponse | ConvertTo-Screen | Out-String

        $text | Should -BeLike '*X-Evil: a.`[31mb*'
        $text | Should -Not -BeLike "*$([char] 27)*"
    }

    It 'shows the time of each step as a bar' {
        $screen = $shown.HttpTiming | ConvertTo-Screen

        $screen[0] | Should -Match "^Connect +\d+\.\d\d ms  $([char] 0x2588)+$"
        $screen[-1] | Should -Match '^Total +\d+\.\d\d ms$'
    }

    It 'has a table of its headers' {
        $screen = $shown.RawHttpResponse.Headers | ConvertTo-Screen

        $screen[0] | Should -Match '^Name +Value$'
        $screen | Should -Contain 'Server         test'
    }
}

Describe 'A <_>' -ForEach @(
    'TcpPortResult', 'PortScanReport', 'PortReasonCount', 'LatencyStatistics', 'LatencySample'
    'HostInfo', 'DnsRecord', 'ServiceInfo', 'ProtocolInfo', 'IPAddressInfo', 'SocketServer', 'ServerConnection', 'RawHttpResponse'
    'HttpHeader', 'HttpTiming'
) {
    BeforeAll {
        $original = $shown[$_]
        $original | Export-Clixml -LiteralPath "$TestDrive/$_.xml"
        $copy = Import-Clixml -LiteralPath "$TestDrive/$_.xml"
    }

    It 'keeps its view in a file' {
        $copy.PSTypeNames | Should -Contain "Deserialized.SocketTools.$_"
        $copy | ConvertTo-Screen | Should -BeExactly ($original | ConvertTo-Screen)
    }

    It 'keeps its values in a file' {
        $copy | Format-List | ConvertTo-Screen | Should -BeExactly ($original | Format-List | ConvertTo-Screen)
    }

    It 'fits a screen of 80 columns' {
        ($original | ConvertTo-Screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        ($original | Format-List | ConvertTo-Screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'keeps its words in a file' {
        foreach ($property in $original.PSObject.Properties | Where-Object { $_.Value -is [enum] }) {
            $copy.($property.Name) | Should -BeExactly "$($property.Value)"
            $copy.($property.Name) -eq "$($property.Value)" | Should -BeTrue
            $original.($property.Name) -eq "$($property.Value)" | Should -BeTrue
        }
    }

    It 'says what it is as text' {
        "$original" | Should -Not -BeLike 'SocketTools.*'
        "$copy" | Should -Be "$original"
    }
}

Describe 'A job' {
    It 'gives results that keep their view and their words' {
        $results = Start-Job -ArgumentList (Get-TestedManifest), $closed.LocalEndPoint.Port -ScriptBlock {
            param($manifest, $port)
            Import-Module $manifest
            Test-TcpPort 127.0.0.1 $port
            Get-ServiceByPort 443
        } | Receive-Job -Wait -AutoRemoveJob
        $port, $service = $results

        $port.State -eq 'Closed' | Should -BeTrue
        $port.Reason -eq 'ConnectionRefused' | Should -BeTrue
        $screen = $port | ConvertTo-Screen
        $screen[0] | Should -Match '^ComputerName +Port Service +State +Reason +Ms$'
        $screen[2] | Should -Match '^127\.0\.0\.1 +\d+( \S+)? +Closed +ConnectionRefused +\d+[.,]\d\d$'
        ($service | ConvertTo-Screen)[0] | Should -Match '^Name +Port Protocol Aliases +Description$'
    }

    It 'gives results that look as they do here' -Skip:(-not (Get-Variable -Name PSStyle -ErrorAction Ignore)) {
        $module = (Resolve-Path -LiteralPath "$PSScriptRoot/../Views/Golden.psm1").ProviderPath
        $results = Start-Job -ArgumentList (Get-TestedManifest), $module -ScriptBlock {
            param($manifest, $module)
            Import-Module $manifest
            Import-Module $module
            $all = Get-GoldenObject
            $all.Values | ForEach-Object { $_ }
        } | Receive-Job -Wait -AutoRemoveJob

        $types = $results | Group-Object -Property { $_.PSTypeNames[0] -replace '^Deserialized\.SocketTools\.' }
        $types.Count | Should -BeGreaterThan 20
        # A job adds its own identity, which is seen where no view says what to show.
        foreach ($type in $types | Where-Object { Get-FormatData -TypeName "SocketTools.$($_.Name)" }) {
            $first = { param($Text) ($Text -join "`n") -replace '(?s)\n\n# Format-.*' }
            & $first (Get-ViewText $type.Group) | Should -BeExactly (& $first (Get-GoldenText $type.Name -Color)) -Because "a $($type.Name) from a job looks so"
        }
    }
}

# Windows PowerShell, and the first releases of PowerShell 7, have no colours and cut words in another way.
Describe 'What is written down of <_>' -ForEach $names -Skip:(-not (Get-Variable -Name PSStyle -ErrorAction Ignore)) {
    BeforeAll {
        $name = $_
        $objects = $golden[$name]
        $objects | Export-Clixml -LiteralPath "$TestDrive/objects.xml"
        $copies = Import-Clixml -LiteralPath "$TestDrive/objects.xml"
        $plain = Get-GoldenText $name
        $colored = Get-GoldenText $name -Color
    }

    It 'is what it looks like' {
        Get-ViewText $objects -OutputRendering PlainText | Should -BeExactly $plain
    }

    It 'is what it looks like in colour' {
        Get-ViewText $objects | Should -BeExactly $colored
    }

    It 'is what it looks like after it was kept in a file' {
        Get-ViewText $copies -OutputRendering PlainText | Should -BeExactly $plain
        Get-ViewText $copies | Should -BeExactly $colored
    }

    It 'fits a screen of 80 columns' {
        ($plain | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'is no more than colours of the screen' {
        foreach ($property in $objects[0].PSObject.Properties | Where-Object { $_.Value -is [string] -and $_.Name -notin 'RawHead', 'Content' }) {
            $property.Value | Should -Not -BeLike "*$([char] 27)*"
        }
    }
}

Describe 'Colours' -Skip:(-not (Get-Variable -Name PSStyle -ErrorAction Ignore)) {
    BeforeAll {
        $show = {
            param($manifest, $module, $rendering)
            Import-Module $manifest
            Import-Module $module
            if ($rendering) { $PSStyle.OutputRendering = $rendering }
            $PSStyle.Formatting.TableHeader = $PSStyle.Formatting.CustomTableHeaderLabel = ''
            (Get-GoldenObject).TcpPortResult | Out-Default
        }
        $module = (Resolve-Path -LiteralPath "$PSScriptRoot/../Views/Golden.psm1").ProviderPath
        $green = "$([char] 27)[32mOpen$([char] 27)[0m"
    }

    It 'are there when they are asked for' {
        $text = Invoke-FreshSession $show -ArgumentList $module, 'Ansi' | Out-String

        $text.Contains($green) | Should -BeTrue
    }

    It 'are not there in output that goes elsewhere' {
        $text = Invoke-FreshSession $show -ArgumentList $module | Out-String

        $text | Should -BeLike '*Open*Closed*'
        $text.Contains($green) | Should -BeFalse
    }

    It 'are there on a terminal, and not with <Name>' -Skip:(-not (Get-Command -Name script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux) -ForEach @(
        @{ Name = 'NO_COLOR'; Variable = 'NO_COLOR=1' }
        @{ Name = 'a terminal that has none'; Variable = 'TERM=dumb' }
    ) {
        $shell = (Get-Process -Id $PID).Path
        Set-Content -LiteralPath "$TestDrive/show.ps1" -Value "& { $show } '$(Get-TestedManifest)' '$module'"
        $run = "$shell -NoProfile -NonInteractive -File $TestDrive/show.ps1"

        $text = (script -qec "env -u NO_COLOR TERM=xterm $run" /dev/null) -join "`n"
        $text.Contains($green) | Should -BeTrue
        $text = (script -qec "env -u NO_COLOR TERM=xterm $Variable $run" /dev/null) -join "`n"
        $text | Should -BeLike '*Open*Closed*'
        $text.Contains($green) | Should -BeFalse
    }
}

Describe 'A table' {
    BeforeAll {
        $rows = $golden.TcpPortResult
    }

    It 'can be grouped by host' {
        $screen = $rows | Format-Table -GroupBy ComputerName | ConvertTo-Screen

        $screen -match '^ +ComputerName: ' | Should -HaveCount 4
        ($screen | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'has a view that names the host once' {
        $screen = $rows | Format-Table -View ByHost | ConvertTo-Screen

        $screen[0] | Should -BeExactly '   ComputerName: web1'
        $screen[1] | Should -Match '^ Port Service +State +Reason +Ms$'
    }

    It 'keeps its columns when what comes later is longer' {
        $screen = & { $rows[0]; Start-Sleep -Milliseconds 400; $rows[2] } | ConvertTo-Screen

        $screen[3] | Should -Match 'Filtered ProhibitedByFire\S+ +2000[.,]25$'
    }
}

Describe 'What the cmdlets write' {
    It 'is written down as a view, each type of it' {
        $own = [SocketTools.TcpPortResult].Assembly
        $left = [System.Collections.Generic.Queue[type]]::new()
        foreach ($command in Get-Command -Module SocketTools -CommandType Cmdlet) {
            foreach ($type in $command.OutputType.Type) { $left.Enqueue($type) }
        }
        $found = @{}
        while ($left.Count) {
            $type = $left.Dequeue()
            $type = if ($type.IsArray) { $type.GetElementType() } elseif ($type.IsGenericType) { $type.GenericTypeArguments[0] } else { $type }
            if ($type.Assembly -ne $own -or $type.IsEnum -or $found[$type.Name]) { continue }
            if ([System.Collections.IEnumerable].IsAssignableFrom($type)) {
                $left.Enqueue($type.GetInterface('IEnumerable`1').GenericTypeArguments[0])
                continue
            }
            $found[$type.Name] = $type
            foreach ($property in $type.GetProperties()) { $left.Enqueue($property.PropertyType) }
        }

        $found.Count | Should -BeGreaterThan 20
        $written = (Get-ChildItem -Path "$PSScriptRoot/../Views/*.txt").BaseName -replace '#.*$' | Sort-Object -Unique
        $written | Should -Be @($found.Keys | Sort-Object)
    }
}
