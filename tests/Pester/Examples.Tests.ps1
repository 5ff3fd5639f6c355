BeforeDiscovery {
    # The examples of the help pages of cmdlets, which have titles; and of topics and documents all blocks that need no set-up, by their
    # numbers. Those with a word after powershell are run by the suites that know how: Servers, Infrastructure, Package.
    $root = "$PSScriptRoot/../.."
    $pages = foreach ($file in Get-ChildItem -Path "$root/README.md", "$root/docs/*.md", "$root/docs/en-US/*.md") {
        $text = (Get-Content -LiteralPath $file.FullName -Raw -Encoding utf8) -replace "`r"
        $isCmdlet = $file.BaseName -match '^\w+-\w+$' -and $file.Directory.Name -eq 'en-US'
        $title = if ($isCmdlet) { '^### (Example \d+: [^\n]+)\n\n' } else { '^()' }
        $form = "(?ms)$title" + '```powershell\n(.*?)^```\n(?:\n```Output\n(.*?)^```\n)?'
        $number = 0
        $examples = foreach ($match in [regex]::Matches($text, $form)) {
            $number++
            $name = if ($isCmdlet) { $match.Groups[1].Value } else { "Block $number" }
            @{ Title = $name; Code = $match.Groups[2].Value; Shown = $match.Groups[3] }
        }
        if ($examples) {
            @{ Page = $file.BaseName; Examples = @($examples) }
        }
    }
}

BeforeAll {
    $tested = if ($env:SOCKETTOOLS_MANIFEST) { $env:SOCKETTOOLS_MANIFEST } else { "$PSScriptRoot/../../SocketTools.psd1" }
    $manifest = (Resolve-Path -LiteralPath $tested).ProviderPath
    Import-Module $manifest

    # What differs from run to run or from machine to machine: ephemeral ports, the services that happen to be registered
    # for them, times, dates, lines drawn of them, this computer's name, and the width of columns.
    function Get-NormalScreen([string] $Screen) {
        $lines = ($Screen -replace "`r").Trim("`n") -split "`n" | ForEach-Object { $_.TrimEnd() -replace ' +', ' ' }
        $text = ($lines -join "`n") -replace '(?<![\d.])\d+\.\d{2,}(?![\d.])', '<ms>' -replace "[$([char]0x2581)-$([char]0x2588)$([char]0xD7)]+", '<line>'
        $text = $text -replace '\b\d{4}-\d\d-\d\d\b', '<date>'
        foreach ($port in [regex]::Matches($text, '\b\d{5}\b').Value | Where-Object { [int]$_ -ge 32768 -and [int]$_ -le 65535 } | Sort-Object -Unique) {
            $services = @([int]$port | Get-ServiceByPort | ForEach-Object { $_.Name })
            $text = [regex]::Replace($text, "\b$port\b(?: (\S+))?", {
                param($match)
                # A name that is too long for its column is cut.
                $next = $match.Groups[1].Value
                $start = $next -replace "(?:$([char]0x2026)|\.\.\.)$"
                if (-not $next -or $services -eq $next -or ($start -ne $next -and @($services).Where({ $_.StartsWith($start) }))) { '<port>' } else { "<port> $next" }
            })
        }
        $text -replace "\b(localhost|$([regex]::Escape([Environment]::MachineName)))\b", '<host>'
    }
}

Describe 'The examples of <Page>' -ForEach $pages {
    BeforeAll {
        # In order, in one fresh session, as a reader would run them.
        $script = foreach ($example in $Examples) {
            "'@@ $($example.Title)'"
            ". {`n$($example.Code)} 2>&1 | ForEach-Object { if (`$_ -is [Management.Automation.ErrorRecord]) { `"@@error `$_`" } else { `$_ } } | Out-String -Width 120"
        }
        $path = Join-Path $TestDrive 'examples.ps1'
        @("Import-Module '$manifest'", 'if ($PSStyle) { $PSStyle.OutputRendering = "PlainText" }') + $script + "'@@ end'" | Set-Content -LiteralPath $path -Encoding utf8
        $screen = (& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $path) -join "`n"
    }

    It '<Title>' -ForEach $Examples {
        if ($Code -match '-EnumsAsStrings' -and $PSVersionTable.PSVersion.Major -lt 7) {
            Set-ItResult -Skipped -Because 'ConvertTo-Json has -EnumsAsStrings since PowerShell 7'
        }
        $part = ($screen -split '(?m)^@@ ' | Where-Object { $_.StartsWith("$Title`n") }) -replace '\A[^\n]+\n'

        $part | Should -Not -BeNullOrEmpty
        $part | Should -Not -Match '@@error'
        if ($Shown.Success) {
            Get-NormalScreen $part | Should -BeExactly (Get-NormalScreen $Shown.Value)
        }
    }
}
