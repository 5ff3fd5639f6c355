BeforeDiscovery {
    # The examples that talk to a server of a package, which each names: ```powershell server=PROGRAM
    $examples = foreach ($file in Get-ChildItem -Path "$PSScriptRoot/../../docs/*.md", "$PSScriptRoot/../../docs/en-US/*.md") {
        $text = (Get-Content -LiteralPath $file.FullName -Raw -Encoding utf8) -replace "`r"
        $form = '(?ms)^```powershell server=([\w-]+)\n(.*?)^```\n(?:\n```Output\n(.*?)^```\n)?'
        foreach ($match in [regex]::Matches($text, $form)) {
            $title = [regex]::Matches($text.Substring(0, $match.Index), '(?m)^#+ (.+)').Where({ $true }, 'Last').Groups[1].Value
            @{ Page = $file.BaseName; Title = $title; Server = $match.Groups[1].Value; Code = $match.Groups[2].Value; Shown = $match.Groups[3].Value }
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    # Without versions, dates and what is made of them.
    function Get-Steady([string] $Screen) {
        $lines = ($Screen -replace "`r").Trim("`n") -split "`n" | ForEach-Object { $_.TrimEnd() -replace ' +', ' ' }
        ($lines -join "`n") -replace '\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT', '<date>' -replace '(?<=^|\n)ETag: .*', '<tag>' -replace ' \([\d. +]+secs\)' -replace '(?<=SSH-2\.0-|nginx/).*', '<version>' -replace '(?<![\d.])\d+\.\d{2}(?![\d.])', '<ms>'
    }
}

Describe 'Talking to a real server' {
    It 'Talks to <Server>: <Title>' -ForEach $examples {
        $obstacle = Get-NetworkObstacle -Server $Server
        if ($obstacle) { Set-ItResult -Skipped -Because $obstacle; return }
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid().ToString('N'))").FullName
        $script = [scriptblock]::Create(@"
Set-Location -LiteralPath '$folder'
`$PSStyle.OutputRendering = 'PlainText'
. {
$Code} *>&1 | ForEach-Object -Process {
    if (`$_ -is [Management.Automation.ErrorRecord]) { "@@error `$_" } else { `$_ }
} | Out-String -Width 120
"@)

        $screen = (Invoke-WithOwnNetwork -Folder $folder -Server $Server -Script $script) -join ''

        $screen | Should -Not -Match '@@error'
        Get-Steady $screen | Should -BeExactly (Get-Steady $Shown)
    }
}
