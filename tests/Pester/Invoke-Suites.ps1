<#
.SYNOPSIS
    Runs the Pester suites against a module, with a Pester from the gallery where there is none.
.PARAMETER Manifest
    The manifest of the module to test; the checkout's own unless given.
#>
[CmdletBinding()]
param(
    [string] $Manifest = "$PSScriptRoot/../../SocketTools.psd1"
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -Name Pester -ListAvailable | Where-Object Version -GE '5.0')) {
    Install-Module -Name Pester -MinimumVersion 5.0 -Scope CurrentUser -Force -SkipPublisherCheck
}
Import-Module -Name Pester -MinimumVersion 5.0

$env:SOCKETTOOLS_MANIFEST = (Resolve-Path -Path $Manifest).Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Detailed'
Invoke-Pester -Configuration $configuration
