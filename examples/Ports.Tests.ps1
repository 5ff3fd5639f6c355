# Which ports have to be open, and which must not be. All are tested at once, before the first It.
param(
    [string] $Path = "$PSScriptRoot/ports.csv"      # columns ComputerName, Port, State
)

BeforeDiscovery {
    $rows = Import-Csv -LiteralPath $Path | ForEach-Object { @{ ComputerName = $_.ComputerName; Port = $_.Port; State = $_.State } }
}

BeforeAll {
    if (-not (Get-Module -Name SocketTools)) { Import-Module -Name SocketTools -ErrorAction Stop }
    $results = Import-Csv -LiteralPath $Path | Test-TcpPort -TimeoutMilliseconds 3000 | Group-Object -Property ComputerName, Port -AsHashTable -AsString
}

Describe 'Ports' {
    It '<ComputerName>:<Port> is <State>' -ForEach $rows {
        $result = $results["$ComputerName, $Port"][0]

        $result.State | Should -Be $State -Because "$($result.Address) said $($result.Reason) $($result.ErrorName)"
    }
}
