# What names have to resolve to.
param(
    [string] $Path = "$PSScriptRoot/names.csv"      # columns Name, Address; a name with several addresses has several rows
)

BeforeDiscovery {
    $rows = Import-Csv -LiteralPath $Path | ForEach-Object { @{ Name = $_.Name; Address = $_.Address } }
}

BeforeAll {
    if (-not (Get-Module -Name SocketTools)) { Import-Module -Name SocketTools -ErrorAction Stop }
}

Describe 'Names' {
    It '<Name> has the address <Address>' -ForEach $rows {
        $answer = Resolve-HostInfo $Name -ErrorAction SilentlyContinue -ErrorVariable failed

        $failed | Should -BeNullOrEmpty
        $answer.Addresses | Should -Contain $Address -Because "it resolves to $($answer.HostName)"
    }
}
