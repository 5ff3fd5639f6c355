BeforeDiscovery {
    $pages = @(Get-ChildItem -Path "$PSScriptRoot/../../docs/en-US/*-*.md" | ForEach-Object { @{ Name = $_.BaseName; Page = $_.FullName } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    $manifest = Get-TestedManifest
    Import-Module $manifest
    $cmdlets = @(
        'Connect-Socket', 'Disconnect-Socket', 'Find-OpenPort', 'Get-IPAddressInfo', 'Get-ProtocolByName'
        'Get-ServiceByName', 'Get-ServiceByPort', 'Get-SocketConnection', 'Get-SocketServer', 'Get-TlsInfo'
        'Invoke-RawHttp', 'Invoke-SocketRequest', 'Measure-TcpLatency', 'Receive-SocketConnection'
        'Receive-SocketData', 'Resolve-DnsRecord', 'Resolve-HostInfo', 'Send-SocketData', 'Set-SocketServer'
        'Start-EchoServer', 'Start-SocketServer', 'Stop-SocketServer', 'Test-TcpPort', 'Test-UdpPort', 'Wait-TcpPort'
        'Watch-SocketServer'
    )
}

Describe 'The manifest' {
    It 'is valid' {
        $module = Test-ModuleManifest -Path $manifest -ErrorAction Stop -WarningAction Stop

        $module.Name | Should -BeExactly 'SocketTools'
        $module.PowerShellVersion | Should -Be '5.1'
        $module.CompatiblePSEditions | Should -Be @('Desktop', 'Core')
        $module.Description | Should -Not -BeNullOrEmpty
    }

    It 'exports its cmdlets and their alias, and nothing else' {
        $module = Get-Module -Name SocketTools

        ($module.ExportedCmdlets.Keys | Sort-Object) | Should -Be $cmdlets
        @($module.ExportedAliases.Keys) | Should -Be @('Stop-EchoServer')
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'is what Get-Command -Module shows' {
        (Get-Command -Module SocketTools).Name | Sort-Object | Should -Be (@($cmdlets) + 'Stop-EchoServer' | Sort-Object)
        (Get-Command -Module SocketTools | ConvertTo-Screen) -join "`n" | Should -Match '(?m)^Cmdlet +Test-TcpPort +\d+\.\d+\.\d+'
    }

    It 'declares them all, so that typing one finds the module' {
        $declared = Test-ModuleManifest -Path $manifest

        ($declared.ExportedCmdlets.Keys | Sort-Object) | Should -Be $cmdlets
        @($declared.ExportedAliases.Keys) | Should -Be @('Stop-EchoServer')
    }
}

Describe 'The suites' {
    It 'are one a cmdlet' {
        $names = (Get-ChildItem -Path "$PSScriptRoot/*-*.Tests.ps1").Name -replace '\.Tests\.ps1$'

        ($names | Sort-Object) | Should -Be $cmdlets
    }
}

Describe 'The help' {
    It 'of <Name> shows the examples of its page' -ForEach $pages {
        $headings = @((Select-String -LiteralPath $Page -Pattern '^### Example \d+: (.+)$').Matches | ForEach-Object { $_.Groups[1].Value })
        $help = Get-Help -Name $Name -Examples
        $text = $help | Out-String -Width 200

        @($help.examples.example).Count | Should -Be $headings.Count
        $headings.Count | Should -BeGreaterThan 0
        foreach ($heading in $headings) {
            $text | Should -BeLike "*$heading*"
        }
    }

    It 'shows commands that a user can copy' {
        $text = Get-Help -Name Test-TcpPort -Examples | Out-String -Width 200

        $text | Should -BeLike '*Test-TcpPort localhost $server.Port*'
        $text | Should -Not -BeLike '*``````*'
    }

    It 'says what a parameter takes' {
        (Get-Help -Name Test-TcpPort -Parameter Port).description.Text | Should -BeLike '*ranges*'
        (Get-Help -Name Test-TcpPort).Synopsis | Should -Not -BeLike '*`[*'
    }

    It 'has an about topic' {
        Get-Help -Name about_SocketTools | Out-String | Should -BeLike '*Test-TcpPort*'
    }
}

Describe 'Import-Module' {
    It 'writes no warning and changes only what the module exports' {
        $difference = Invoke-FreshSession {
            param($manifest)
            $state = {
                (Get-Variable -Scope Global).Name
                (Get-ChildItem -Path Function:, Alias:, Env:).PSPath
                Get-Module | ForEach-Object Name
            }
            # What a first call of anything leaves behind is there before.
            $null = & $state
            $warnings = $before = $after = $null
            $before = & $state
            Import-Module $manifest -WarningVariable warnings
            $after = & $state
            (Compare-Object -ReferenceObject $before -DifferenceObject $after).InputObject -replace '^.*::'
            $warnings
        }

        $difference | Sort-Object | Should -Be @('SocketTools', 'Stop-EchoServer')
    }

    It 'is not needed for a module on the module path' {
        $folder = Split-Path -Path $manifest
        $copy = New-Item -ItemType Directory -Path "$TestDrive/SocketTools"
        foreach ($name in 'SocketTools.psd1', 'lib', 'en-US') {
            Copy-Item -LiteralPath "$folder/$name" -Destination $copy.FullName -Recurse
        }
        $answer = Invoke-FreshSession -ArgumentList $TestDrive -Script {
            param($manifest, $modulePath)
            $env:PSModulePath = $modulePath + [System.IO.Path]::PathSeparator + $env:PSModulePath
            (Test-TcpPort 127.0.0.1 9).Port
            (Get-Command -Name Stop-EchoServer).ResolvedCommand.Name
            (Get-Module -Name SocketTools).ModuleBase
        }

        $answer | Should -Be @(9, 'Stop-SocketServer', $copy.FullName)
    }

    It 'is found by many runspaces at once that have never seen it' {
        if ($PSVersionTable.PSVersion.Major -lt 7) {
            Set-ItResult -Skipped -Because 'ForEach-Object -Parallel needs PowerShell 7'
            return
        }
        $folder = Split-Path -Path $manifest
        $copy = New-Item -ItemType Directory -Path "$TestDrive/cold/SocketTools"
        foreach ($name in 'SocketTools.psd1', 'lib', 'en-US') {
            Copy-Item -LiteralPath "$folder/$name" -Destination $copy.FullName -Recurse
        }
        $states = Invoke-FreshSession -ArgumentList "$TestDrive/cold" -Script {
            param($manifest, $modulePath)
            $env:PSModulePath = $modulePath + [System.IO.Path]::PathSeparator + $env:PSModulePath
            1..6 | ForEach-Object -Parallel { (Test-TcpPort -ComputerName 127.0.0.1 -Port 9).Port } -ThrottleLimit 6
        }

        $states | Should -Be (@(9) * 6)
    }

    It 'makes its types known by name' {
        $answer = Invoke-FreshSession {
            param($manifest)
            Import-Module $manifest
            [SocketTools.PortState]::Open.ToString()
            [SocketTools.SocketTimeoutException].Name
        }

        $answer | Should -Be @('Open', 'SocketTimeoutException')
    }

    It 'can be read as data' {
        (Import-PowerShellDataFile -LiteralPath $manifest).RootModule | Should -Be 'lib/SocketTools.psm1'
    }

    It 'leaves the preferences and the culture alone' {
        $changed = Invoke-FreshSession {
            param($manifest)
            $state = {
                $ErrorActionPreference, $ProgressPreference, [cultureinfo]::CurrentCulture.Name
                [Console]::OutputEncoding.WebName, $Error.Count
            }
            $before = (& $state) -join ' '
            Import-Module $manifest
            $null = Test-TcpPort -ComputerName 127.0.0.1 -Port 9
            if ($before -ne ((& $state) -join ' ')) { "$before -> $(& $state)" }
        }

        $changed | Should -BeNullOrEmpty
    }

    It 'can be undone and done again' {
        $seen = Invoke-FreshSession {
            param($manifest)
            Import-Module $manifest
            Remove-Module -Name SocketTools
            [bool] (Get-Command -Name Test-TcpPort, Stop-EchoServer -ErrorAction Ignore)
            Import-Module $manifest
            Import-Module $manifest -Force
            @(Get-Module -Name SocketTools).Count
            (Test-TcpPort -ComputerName 127.0.0.1 -Port 9 | Out-String) -match 'Reason +Ms'
            [bool] (Get-Command -Name Stop-EchoServer -ErrorAction Ignore)
            $Error.Count
        }

        $seen | Should -Be @($false, 1, $true, $true, 0)
    }

    It 'loads the library that reads DNS messages on first use, apart from the copy of another module' {
        if ($PSVersionTable.PSVersion.Major -lt 7) {
            Set-ItResult -Skipped -Because 'Windows PowerShell has no load contexts'
            return
        }
        $seen = Invoke-FreshSession -ArgumentList $PSScriptRoot -Script {
            param($manifest, $folder)
            function Get-Library { [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'DnsClient' } }
            Import-Module $manifest, "$folder/Peers.psm1"
            @(Get-Library).Count
            $library = Get-ChildItem -LiteralPath (Join-Path (Split-Path -Path $manifest) lib/net8.0/dns) -Filter DnsClient.dll
            $null = [System.Reflection.Assembly]::LoadFrom($library.FullName)
            $server = Start-DnsServer -Zone @{ 'web.example.test 1' = 192, 0, 2, 1 }
            (Resolve-DnsRecord web.example.test A -Server $server.EndPoint).IPAddress
            $server | Stop-DnsServer
            Get-Library | ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object
        }

        $seen | Should -Be @(0, '192.0.2.1', 'Default', 'SocketTools.dns')
    }

    It 'works in many runspaces at once' {
        $shells = foreach ($number in 1..8) {
            [powershell]::Create().AddScript({
                    param($manifest)
                    Import-Module $manifest
                    (Test-TcpPort -ComputerName 127.0.0.1 -Port 9, 10).Count
                }).AddArgument($manifest)
        }
        try {
            $running = foreach ($shell in $shells) { $shell.BeginInvoke() }
            $counts = for ($index = 0; $index -lt $shells.Count; $index++) { $shells[$index].EndInvoke($running[$index]) }

            $counts | Should -Be (@(2) * 8)
            $shells.HadErrors | Should -Not -Contain $true
        }
        finally {
            $shells.ForEach('Dispose')
        }
    }
}
