# The checks in examples/ and in the topic on Pester, each run as it stands with data of this suite, on servers that are right and on some that are not.
BeforeDiscovery {
    $topic = (Get-Content -LiteralPath "$PSScriptRoot/../../docs/en-US/about_SocketTools_Pester.md" -Raw -Encoding utf8) -replace "`r"
    $blocks = [regex]::Matches($topic, '(?ms)^```powershell pester\n(.*?)^```').ForEach({ @{ Code = $_.Groups[1].Value; Title = ($_.Groups[1].Value -split "Describe '|' {")[1] } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    # Where the checks find the module by its name.
    $modules = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'modules')).FullName
    $link = if ($IsWindows) { 'Junction' } else { 'SymbolicLink' }
    New-Item -ItemType $link -Path (Join-Path $modules 'SocketTools') -Target (Split-Path -Path (Get-TestedManifest)) | Out-Null

    # The results of one file of checks: the name of each, and what it complained of.
    function Invoke-Check([string] $Path, [hashtable] $Data = @{}) {
        $json = Invoke-FreshSession -ArgumentList $Path, (ConvertTo-Json $Data), (Get-Module -Name Pester).Path, $modules {
            $env:PSModulePath = $args[4] + [IO.Path]::PathSeparator + $env:PSModulePath
            Import-Module $args[3]
            $configuration = New-PesterConfiguration
            $configuration.Run.Container = New-PesterContainer -Path $args[1] -Data ($args[2] | ConvertFrom-Json -AsHashtable)
            $configuration.Run.PassThru = $true
            $configuration.Output.Verbosity = 'None'
            (Invoke-Pester -Configuration $configuration).Tests |
                ForEach-Object { [pscustomobject]@{ Name = $_.ExpandedPath; Result = $_.Result; Message = "$($_.ErrorRecord)" } } |
                ConvertTo-Json -AsArray
        }
        $json -join "`n" | ConvertFrom-Json
    }

    function Invoke-Example([string] $Name, [string[]] $Csv) {
        $path = Join-Path $TestDrive "$Name.csv"
        Set-Content -LiteralPath $path -Value $Csv
        Invoke-Check "$PSScriptRoot/../../examples/$Name.Tests.ps1" @{ Path = $path }
    }

    $listener = Start-TestListener
    $port = $listener.LocalEndpoint.Port
    $closed = New-ClosedPort
    $closedPort = $closed.LocalEndPoint.Port
}

AfterAll {
    $listener.Stop()
    $closed.Dispose()
}

Describe 'The checks in examples' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    It 'say of ports what they are and why' {
        $results = Invoke-Example Ports 'ComputerName,Port,State', "localhost,$port,Open", "127.0.0.1,$closedPort,Closed", "127.0.0.1,$closedPort,Open"

        $results.Name | Should -Be "Ports.localhost:$port is Open", "Ports.127.0.0.1:$closedPort is Closed", "Ports.127.0.0.1:$closedPort is Open"
        $results.Result | Should -Be 'Passed', 'Passed', 'Failed'
        $results[2].Message | Should -BeLike "*because 127.0.0.1 said ConnectionRefused ECONNREFUSED*"
    }

    It 'say of names what they resolve to' {
        $results = Invoke-Example Names 'Name,Address', 'localhost,127.0.0.1', 'localhost,127.0.0.2'

        $results.Result | Should -Be 'Passed', 'Failed'
        $results[1].Message | Should -BeLike '*127.0.0.2*because it resolves to localhost*'
    }

    It 'say of certificates how long they are good, and what is wrong with them' {
        $tls = Start-TlsServer
        try {
            $results = Invoke-Example Certificates 'ComputerName,Port,DaysLeft', "localhost,$($tls.Port),10", "localhost,$($tls.Port),30", "localhost,$closedPort,10"
        }
        finally {
            $tls | Stop-TlsServer
        }

        $of = { param($name) @($results | Where-Object Name -Like "*$($tls.Port)*$name") }
        (& $of 'is shown').Result | Should -Be 'Passed', 'Passed'
        (& $of 'is trusted').Result | Should -Be 'Failed', 'Failed'
        (& $of 'is trusted')[0].Message | Should -BeLike '*self-signed*'
        (& $of 'good for 10 days').Result | Should -Be 'Passed'
        (& $of 'good for 30 days').Message | Should -BeLike '*because it ends on*'
        ($results | Where-Object Name -Like "*$closedPort*is shown").Message | Should -BeLike '*ConnectionRefused*'
    }

    It 'say of web servers what they answer' {
        $web = Start-ScriptedServer -Response "HTTP/1.1 200 OK`r`nContent-Type: text/plain`r`nContent-Length: 2`r`n`r`nok", "HTTP/1.1 503 Busy`r`nContent-Length: 0`r`n`r`n"
        try {
            $results = Invoke-Example Http 'Uri,StatusCode', "$($web.Url)/a,200", "$($web.Url)/b,200"
        }
        finally {
            $web | Stop-ScriptedServer
        }

        ($results | Where-Object Name -Like '*/a*').Result | Should -Be 'Passed', 'Passed', 'Passed'
        ($results | Where-Object Name -Like '*/b.answers*').Message | Should -BeLike "*because it said 'HTTP/1.1 503 Busy'*"
        ($results | Where-Object Name -Like '*/b.says*').Result | Should -Be 'Failed'
    }

    It 'test how a client tries again' {
        $results = Invoke-Check "$PSScriptRoot/../../examples/Retry.Tests.ps1"

        $results.Count | Should -BeGreaterThan 3
        ($results | Where-Object Result -NE 'Passed').Message | Should -BeNullOrEmpty
    }

    It 'have rows of their own to begin with' {
        foreach ($file in Get-ChildItem -Path "$PSScriptRoot/../../examples/*.csv") {
            Import-Csv -LiteralPath $file.FullName | Should -Not -BeNullOrEmpty -Because $file.Name
        }
    }
}

Describe 'The topic on Pester' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    It 'has a test: <Title>' -ForEach $blocks {
        $path = Join-Path $TestDrive 'Block.Tests.ps1'
        Set-Content -LiteralPath $path -Value $Code

        $results = Invoke-Check $path

        $results | Should -Not -BeNullOrEmpty
        ($results | Where-Object Result -NE 'Passed').Message | Should -BeNullOrEmpty
    }

    It 'gives a file of checks another list' {
        $topic = (Get-Content -LiteralPath "$PSScriptRoot/../../docs/en-US/about_SocketTools_Pester.md" -Raw -Encoding utf8) -replace "`r"
        $code = [regex]::Match($topic, '(?ms)^```powershell pester-container\n(.*?)^```').Groups[1].Value
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'container')).FullName
        Copy-Item -LiteralPath "$PSScriptRoot/../../examples" -Destination $folder -Recurse
        Set-Content -LiteralPath (Join-Path $folder 'production.csv') -Value 'ComputerName,Port,State', "localhost,$port,Open", "127.0.0.1,$closedPort,Closed"

        $screen = Invoke-FreshSession -ArgumentList $folder, $code, (Get-Module -Name Pester).Path {
            Import-Module $args[0], $args[3]
            Set-Location -LiteralPath $args[1]
            . ([scriptblock]::Create($args[2])) *>&1 | Out-String
        }

        $screen -join "`n" | Should -Match 'Tests Passed: .*2'
    }
}
