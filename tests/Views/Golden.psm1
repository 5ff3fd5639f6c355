# What each type looks like on a screen of 80 columns, as text to compare with: objects of fixed values, shown by the views.

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

    $default = ConvertTo-MarkedText -Rendering $OutputRendering -Script { $InputObject | Out-String -Width 80 }
    $table = ConvertTo-MarkedText -Rendering $OutputRendering -Script { $InputObject | Format-Table | Out-String -Width 80 }
    $list = ConvertTo-MarkedText -Rendering $OutputRendering -Script { $InputObject | Format-List | Out-String -Width 80 }
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

function ConvertTo-MarkedText {
    param([string] $Rendering, [scriptblock] $Script)

    $style = Get-Variable -Name PSStyle -ValueOnly -ErrorAction Ignore
    $culture = [cultureinfo]::CurrentCulture
    try {
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        if ($style) {
            $before = $style.OutputRendering
            $header = $style.Formatting.TableHeader
            $label = $style.Formatting.CustomTableHeaderLabel
            $accent = $style.Formatting.FormatAccent
            # What PowerShell itself paints is the user's choice, and not of the views.
            $style.Formatting.TableHeader = $style.Formatting.CustomTableHeaderLabel = $style.Formatting.FormatAccent = ''
            $style.OutputRendering = $Rendering
        }
        $text = & $Script
    }
    finally {
        [cultureinfo]::CurrentCulture = $culture
        if ($style) {
            $style.OutputRendering = $before
            $style.Formatting.TableHeader = $header
            $style.Formatting.CustomTableHeaderLabel = $label
            $style.Formatting.FormatAccent = $accent
        }
    }
    foreach ($mark in $marks.Keys) {
        $text = $text.Replace($mark, $marks[$mark])
    }
    # PowerShell ends and begins colours anew in each line, and ends those that it was told not to begin.
    $text = $text -replace '\{[a-z]+\}\{/\}' -replace '(\{[a-z]+\}[^{]*\{/\})|\{/\}', '$1'
    $lines = @($text -split '\r?\n' | ForEach-Object { $_.TrimEnd() })
    $first = 0
    while ($first -lt $lines.Count - 1 -and -not $lines[$first]) {
        $first++
    }
    $last = $lines.Count - 1
    while ($last -gt $first -and -not $lines[$last]) {
        $last--
    }
    $lines[$first..$last]
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

Export-ModuleMember -Function New-GoldenObject, Get-GoldenObject, Get-ViewText, Update-GoldenView
