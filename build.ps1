#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packages or cleans the module.
.DESCRIPTION
    A thin face over dotnet: whatever it does can be done without PowerShell, by the command that it prints.

    Build    fills lib/ and en-US/, so that Import-Module ./SocketTools.psd1 works in the checkout
    Test     runs all tests, the Pester suites among them
    Package  stages output/SocketTools/<version>/ with just what ships, and makes a nupkg of it
    Clean    removes what the others made
.EXAMPLE
    ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$commands = @{
    Build   = 'build', (Join-Path $PSScriptRoot SocketTools.sln)
    Test    = 'test', '--solution', (Join-Path $PSScriptRoot SocketTools.sln)
    Package = 'pack', (Join-Path $PSScriptRoot 'src/SocketTools')
    Clean   = 'clean', (Join-Path $PSScriptRoot SocketTools.sln)
}

foreach ($name in $Task) {
    $arguments = $commands[$name]
    Write-Information "dotnet $arguments" -InformationAction Continue
    dotnet @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($arguments[0]) failed with exit code $LASTEXITCODE."
    }
}
