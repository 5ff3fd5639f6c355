# What every suite needs of its session: the module under test, other sessions, and the screen.

$tested = if ($env:SOCKETTOOLS_MANIFEST) { $env:SOCKETTOOLS_MANIFEST } else { Join-Path $PSScriptRoot '../../SocketTools.psd1' }
$manifest = (Resolve-Path -LiteralPath $tested).ProviderPath
$shell = (Get-Process -Id $PID).Path

<#
.SYNOPSIS
    The manifest of the module under test: the checkout's own, or the one that SOCKETTOOLS_MANIFEST names.
#>
function Get-TestedManifest {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $manifest
}

<#
.SYNOPSIS
    Runs a script in a fresh process of this PowerShell, and gives what it wrote.
.PARAMETER Script
    The script; its first argument is the manifest of the module under test.
.PARAMETER ArgumentList
    Further arguments.
#>
function Invoke-FreshSession {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Script,
        [object[]] $ArgumentList = @()
    )

    & $shell -NoProfile -NonInteractive -Command $Script -args (@($manifest) + $ArgumentList)
}

<#
.SYNOPSIS
    The lines that objects, or the output of a Format cmdlet, take on a plain screen of 80 columns; blank ones are left out.
#>
function ConvertTo-Screen {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [object] $InputObject
    )

    begin {
        $objects = New-Object -TypeName System.Collections.Generic.List[object]
    }
    process {
        $objects.Add($InputObject)
    }
    end {
        $style = Get-Variable -Name PSStyle -ValueOnly -ErrorAction Ignore
        try {
            if ($style) {
                $before = $style.OutputRendering
                $style.OutputRendering = 'PlainText'
            }
            $screen = $objects | Out-String -Width 80
        }
        finally {
            if ($style) {
                $style.OutputRendering = $before
            }
        }
        $screen -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }
    }
}

<#
.SYNOPSIS
    What Tab offers at the end of a line.
#>
function Get-Completion {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Line
    )

    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
}

<#
.SYNOPSIS
    An object as a file or a remote session keeps it.
#>
function ConvertTo-Deserialized {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [object] $InputObject
    )

    process {
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject))
    }
}

Export-ModuleMember -Function Get-TestedManifest, Invoke-FreshSession, ConvertTo-Screen, Get-Completion, ConvertTo-Deserialized
