# A manifest that chose between the two would have to be run to be read, and PowerShell then finds the module's commands in
# one runspace at a time only. (A table, since an if costs 10 ms more at every import.)
$target = @{ Core = 'net8.0'; Desktop = 'netstandard2.0' }[$PSEdition]
Import-Module "$PSScriptRoot/$target/SocketTools.dll"
