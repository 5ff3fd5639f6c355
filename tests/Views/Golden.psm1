# What each type looks like on a screen of 80 columns (of which PowerShell leaves the last one free), as text to compare with: objects of fixed values, shown by the views.

$esc = [char] 27
$marks = [ordered] @{ "$esc[31m" = '{red}'; "$esc[32m" = '{green}'; "$esc[33m" = '{yellow}'; "$esc[35m" = '{magenta}'; "$esc[0m" = '{/}' }

function ConvertTo-PropertyValue {
    param($Value, [type] $Type)

    if ($Type.IsGenericType -and $Type.Name -eq 'IReadOnlyList`1') {
        $Type = $Type.GenericTypeArguments[0].MakeArrayType()
    }
    , [System.Management.Automation.LanguagePrimitives]::ConvertTo($Value, $Type)
}

<#
.SYNOPSIS
    An object of one of the module's types with these values, and nothing in its other properties.
.DESCRIPTION
    The types are made by the module alone, from what the network said. Here one is made without that, and its fields are set;
    a property that is computed from more than its fields gets its value as a note beside the object.
#>
function New-GoldenObject {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $TypeName,
        [Parameter(Mandatory, Position = 1)] [System.Collections.IDictionary] $Value
    )

    $type = ($TypeName -replace '#.*$') -as [type]
    $object = [System.Runtime.Serialization.FormatterServices]::GetUninitializedObject($type)
    $notes = @{}
    foreach ($property in $type.GetProperties('Public, Instance') | Where-Object { $_.GetIndexParameters().Count -eq 0 }) {
        $field = $null
        for ($owner = $type; $owner -and -not $field; $owner = $owner.BaseType) {
            $field = $owner.GetField("<$($property.Name)>k__BackingField", 'NonPublic, Instance')
        }
        if ($field) {
            $given = $Value[$property.Name]
            if ($property.PropertyType.IsArray -and $null -eq $given) {
                $given = @()
            }
            if ($null -ne $given) {
                $field.SetValue($object, (ConvertTo-PropertyValue $given $property.PropertyType))
            }
        }
        elseif ($Value.Contains($property.Name)) {
            $notes[$property.Name] = ConvertTo-PropertyValue $Value[$property.Name] $property.PropertyType
        }
    }
    foreach ($name in $Value.Keys) {
        if (-not $type.GetProperty($name)) {
            throw "$TypeName has no property $name."
        }
    }
    $wrapped = [psobject]::AsPSObject($object)
    foreach ($name in $notes.Keys) {
        $wrapped.PSObject.Members.Add([psnoteproperty]::new($name, $notes[$name]))
    }
    if ($TypeName -match '#') {
        $wrapped.PSObject.TypeNames.Insert(0, $TypeName)
    }
    $wrapped
}

<#
.SYNOPSIS
    The fixed objects of each type, by the type's name.
#>
function Get-GoldenObject {
    [CmdletBinding()]
    [OutputType([System.Collections.IDictionary])]
    param()

    $all = & "$PSScriptRoot/objects.ps1"
    foreach ($name in @($all.Keys)) {
        $all[$name] = @(foreach ($one in $all[$name]) { if ($one -is [System.Collections.IDictionary]) { New-GoldenObject "SocketTools.$name" $one } else { $one } })
    }
    $all
}

<#
.SYNOPSIS
    What a view writes, line by line, colours as marks such as {green}.
.PARAMETER OutputRendering
    Of $PSStyle; Ansi shows the colours.
#>
function Get-ViewText {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, Position = 0)] [object[]] $InputObject,
        [string] $OutputRendering = 'Ansi'
    )

    $show = { param($Format) Use-Rendering $OutputRendering { $InputObject | & $Format | Out-String -Width 79 } | ConvertTo-Mark }
    $default = & $show { $input }
    $table = & $show { $input | Format-Table }
    $list = & $show { $input | Format-List }
    '# Shown as it is'
    $default
    $typeName = $InputObject[0].PSObject.TypeNames[0] -replace '^Deserialized\.'
    $hasTable = (Get-FormatData -TypeName $typeName).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] }
    if ($hasTable -and "$table" -ne "$default") {
        ''
        '# Format-Table'
        $table
    }
    if ("$list" -ne "$default") {
        ''
        '# Format-List'
        $list
    }
}

<#
.SYNOPSIS
    Runs a script as if the session had asked for colours, or for none.
#>
function Use-Rendering {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $OutputRendering,
        [Parameter(Mandatory, Position = 1)] [scriptblock] $Script
    )

    $culture = [cultureinfo]::CurrentCulture
    $before = $PSStyle.OutputRendering
    $header = $PSStyle.Formatting.TableHeader
    $label = $PSStyle.Formatting.CustomTableHeaderLabel
    $accent = $PSStyle.Formatting.FormatAccent
    try {
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        # What PowerShell itself paints is the user's choice, and not of the views.
        $PSStyle.Formatting.TableHeader = $PSStyle.Formatting.CustomTableHeaderLabel = $PSStyle.Formatting.FormatAccent = ''
        $PSStyle.OutputRendering = $OutputRendering
        & $Script
    }
    finally {
        [cultureinfo]::CurrentCulture = $culture
        $PSStyle.OutputRendering = $before
        $PSStyle.Formatting.TableHeader = $header
        $PSStyle.Formatting.CustomTableHeaderLabel = $label
        $PSStyle.Formatting.FormatAccent = $accent
    }
}

<#
.SYNOPSIS
    The lines of a screen, with marks in place of escapes, and without what cannot be seen.
#>
function ConvertTo-Mark {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [AllowEmptyString()] [string] $Text
    )

    process {
        foreach ($mark in $marks.Keys) {
            $Text = $Text.Replace($mark, $marks[$mark])
        }
        # PowerShell ends and begins colours anew in each line, and ends those that it was told not to begin.
        $Text = $Text -replace '\{[a-z]+\}\{/\}' -replace '(\{[a-z]+\}[^{]*\{/\})|\{/\}', '$1'
        ($Text -replace '[ \t]+(?=\r?\n|$)').Trim("`r", "`n") -split '\r?\n'
    }
}

<#
.SYNOPSIS
    Writes down what the views show now; the difference is then for a person to read.
#>
function Update-GoldenView {
    [CmdletBinding()]
    param()

    $all = Get-GoldenObject
    foreach ($name in $all.Keys) {
        Set-Content -LiteralPath "$PSScriptRoot/$name.txt" -Value (Get-ViewText $all[$name]) -Encoding utf8
    }
}

<#
.SYNOPSIS
    What is written down for a type, without its colours unless they are asked for.
#>
function Get-GoldenText {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [switch] $Color
    )

    $lines = Get-Content -LiteralPath "$PSScriptRoot/$Name.txt" -Encoding utf8
    if ($Color) { $lines } else { $lines -replace '\{(red|green|yellow|magenta|/)\}' }
}

Export-ModuleMember -Function New-GoldenObject, Get-GoldenObject, Get-ViewText, Use-Rendering, ConvertTo-Mark, Get-GoldenText, Update-GoldenView
