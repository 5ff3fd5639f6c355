BeforeDiscovery {
    # The examples that talk to a server of a package, or to the hosts of an office, which each names: ```powershell server=NAME.
    # Those of a page that name the same one run one after the other in one session.
    $root = "$PSScriptRoot/../.."
    $talks = foreach ($file in Get-ChildItem -Path "$root/README.md", "$root/docs/*.md", "$root/docs/en-US/*.md") {
        $text = (Get-Content -LiteralPath $file.FullName -Raw -Encoding utf8) -replace "`r"
        $form = '(?ms)^```powershell server=([\w-]+)\n(.*?)^```\n(?:\n```Output\n(.*?)^```\n)?'
        $number = 0
        $examples = foreach ($match in [regex]::Matches($text, $form)) {
            $heading = [regex]::Matches($text.Substring(0, $match.Index), '(?m)^#+ (.+)').Where({ $true }, 'Last').Groups[1].Value
            $number++
            @{ Title = "$number, $heading"; Server = $match.Groups[1].Value; Code = $match.Groups[2].Value; Shown = $match.Groups[3] }
        }
        foreach ($group in $examples | Group-Object -Property { $_.Server }) {
            @{ Page = $file.BaseName; Server = $group.Name; Examples = @($group.Group) }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    # Without versions, dates, times, lines drawn of them, and the width of columns. Rows of a table come as the answers come, so
    # that they are compared in an order of their own, unless the example sorts them; warnings, which come between, stand first.
    function Get-Steady([string] $Screen, [bool] $IsSorted) {
        $all = ($Screen -replace "`r") -split "`n" | ForEach-Object { $_.TrimEnd() -replace ' +', ' ' -replace '-{2,}', '--' }
        $warnings = @($all -like 'WARNING: *')
        $rows = [System.Collections.Generic.List[string]]::new()
        $inTable = $false
        $lines = foreach ($line in (@($all -notlike 'WARNING: *') -join "`n").Trim("`n") -split "`n") {
            if ($inTable -and $line) { $rows.Add($line); continue }
            $rows | Sort-Object
            $rows.Clear()
            $inTable = -not $IsSorted -and $line -match '^--( --)+$'
            $line
        }
        ($warnings + @($lines) + @($rows | Sort-Object) -join "`n") -replace '\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT', '<date>' -replace '(?<=^|\n)ETag: .*', '<tag>' -replace ' \([\d. +]+secs\)' -replace '(?<=SSH-2\.0-|nginx/).*', '<version>' -replace
        '\b\d{4}-\d\d-\d\d\b', '<date>' -replace '(?<![\d.])\d+\.\d{2,}(?![\d.])', '<ms>' -replace "[$([char]0x2581)-$([char]0x2588)$([char]0xD7)]+", '<line>'
    }
}

Describe '<Page> with <Server>' -ForEach $talks {
    BeforeAll {
        $obstacle = Get-NetworkObstacle -Server $Server
        if ($obstacle) { return }
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid().ToString('N'))").FullName
        $blocks = foreach ($example in $Examples) {
            @"
'@@ $($example.Title -replace "'", "''")'
. {
$($example.Code)} *>&1 | ForEach-Object -Process {
    if (`$_ -is [Management.Automation.ErrorRecord]) { "@@error `$_" }
    elseif (`$_ -is [Management.Automation.WarningRecord]) { "WARNING: `$_" }
    else { `$_ }
} | Out-String -Width 100
"@
        }
        $script = [scriptblock]::Create((@("Set-Location -LiteralPath '$folder'", '$PSStyle.OutputRendering = "PlainText"') + $blocks) -join "`n")
        $screen = (Invoke-WithOwnNetwork -Folder $folder -Server $Server -Script $script) -join "`n"
    }

    It '<Title>' -ForEach $Examples {
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle; return }
        $part = ($screen -split '(?m)^@@ ' | Where-Object { $_.StartsWith("$Title`n") }) -replace '\A[^\n]+\n'

        $part | Should -Not -BeNullOrEmpty
        $part | Should -Not -Match '@@error'
        if ($Shown.Success) {
            $isSorted = $Code.Contains('Sort-Object')
            Get-Steady $part $isSorted | Should -BeExactly (Get-Steady $Shown.Value $isSorted)
        }
    }
}
