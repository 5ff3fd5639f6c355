<#
.SYNOPSIS
    Runs one Pester suite without the tests that tests/Windows/excluded.txt lists, and writes what came of it: a line with its counts, then what failed.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Suite,
    [Parameter(Mandatory)] [string] $Report
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name Pester -MinimumVersion 5.0

$repository = (Resolve-Path -Path "$PSScriptRoot/../..").ProviderPath
Set-Location -Path $repository
$prefix = "test $Suite "
$except = @(Get-Content -Path 'tests/Windows/excluded.txt' | Where-Object { $_.StartsWith($prefix) } | ForEach-Object { $_.Substring($prefix.Length).Trim() })

$configuration = New-PesterConfiguration
$configuration.Run.Path = "tests/Pester/$Suite.Tests.ps1"
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
if ($except) {
    # Pester leaves tests out by their line.
    $configuration.Run.SkipRun = $true
    $found = (Invoke-Pester -Configuration $configuration).Tests | Group-Object -Property { $_.Path -join '.' } -AsHashTable -AsString
    $unknown = @($except | Where-Object { -not $found.ContainsKey($_) })
    if ($unknown) {
        throw "tests/Windows/excluded.txt lists what $Suite does not have: $($unknown -join '; ')"
    }
    $configuration.Filter.ExcludeLine = @($except | ForEach-Object { $found[$_] } | ForEach-Object { "$($_.ScriptBlock.File):$($_.StartLine)" } | Select-Object -Unique)
    $configuration.Run.SkipRun = $false
}
$run = Invoke-Pester -Configuration $configuration

$failures = @(
    foreach ($outcome in @($run.FailedContainers) + @($run.FailedBlocks) + @($run.Failed)) {
        $name = if ($outcome.PSObject.Properties['ExpandedPath']) { $outcome.ExpandedPath } else { "$($outcome.Item)" }
        '  ' + $name
        foreach ($record in $outcome.ErrorRecord) {
            ($record.Exception.Message -split '\r?\n') -replace '^', '    '
            # Where in the suite; the rest of the stack is Pester's own.
            $record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -like "*$Suite.Tests.ps1*" } | ForEach-Object { '    ' + $_ }
        }
    }
)
$failed = @($run.FailedContainers).Count + @($run.FailedBlocks).Count + @($run.Failed).Count
@("$($run.PassedCount) passed, $failed failed, $($run.SkippedCount) skipped") + $failures | Set-Content -LiteralPath $Report -Encoding utf8
