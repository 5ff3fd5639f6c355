# A manifest that chose between the two would have to be run to be read, and PowerShell then finds the module's commands in
# one runspace at a time only.
Import-Module -Name "$PSScriptRoot/$(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' })/SocketTools.dll"
