<#
.SYNOPSIS
    Runs one suite, and writes what came of it to a JSON file.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Suite,
    [Parameter(Mandatory)] [string] $Report,
    # The manifest of the Pester to use.
    [Parameter(Mandatory)] [string] $Pester
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $Pester

function Get-Message {
    param([object] $Outcome)

    $lines = foreach ($record in $Outcome.ErrorRecord) {
        $record.Exception.Message
        # Where in the suite; the rest of the stack is Pester's own.
        $record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -like "*$(Split-Path -Path $Suite -Leaf)*" }
    }
    $lines -join "`n"
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Suite
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$failures = @(
    $run.FailedContainers | ForEach-Object { @{ Name = "$($_.Item)"; Message = Get-Message -Outcome $_ } }
    $run.FailedBlocks | ForEach-Object { @{ Name = $_.ExpandedPath; Message = Get-Message -Outcome $_ } }
    $run.Failed | ForEach-Object { @{ Name = $_.ExpandedPath; Message = Get-Message -Outcome $_ } }
)
$skipped = @($run.Skipped | ForEach-Object { @{ Name = $_.ExpandedPath; Message = Get-Message -Outcome $_ } })
@{ Pester = "$((Get-Module -Name Pester).Version)"; Passed = $run.PassedCount; Failures = $failures; Skipped = $skipped } |
    ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $Report -Encoding utf8
