# Whose certificates have to be good, and for how many days to come. All are looked at at once, before the first It.
param(
    [string] $Path = "$PSScriptRoot/certificates.csv"      # columns ComputerName, Port, DaysLeft
)

BeforeDiscovery {
    $rows = Import-Csv -LiteralPath $Path | ForEach-Object { @{ ComputerName = $_.ComputerName; Port = $_.Port; DaysLeft = [int] $_.DaysLeft } }
}

BeforeAll {
    if (-not (Get-Module -Name SocketTools)) { Import-Module -Name SocketTools -ErrorAction Stop }
    $results = Import-Csv -LiteralPath $Path | Get-TlsInfo -ErrorAction SilentlyContinue -ErrorVariable failed |
        Group-Object -Property ComputerName, Port -AsHashTable -AsString
}

Describe 'The certificate of <ComputerName>:<Port>' -ForEach $rows {
    BeforeAll {
        $tls = if ($results) { $results["$ComputerName, $Port"] | Select-Object -First 1 }
        $why = $failed | Where-Object TargetObject -Like "$ComputerName*" | ForEach-Object { $_.Exception.Message }
    }

    It 'is shown' {
        $tls | Should -Not -BeNullOrEmpty -Because "$why"
    }

    It 'is trusted' {
        $tls.Trusted | Should -BeTrue -Because ($tls.ChainErrors -join ' ')
    }

    It 'is good for <DaysLeft> days' {
        $tls.DaysLeft | Should -BeGreaterOrEqual $DaysLeft -Because "it ends on $($tls.NotAfter)"
    }

    It 'is shown by a version of TLS that is not outdated' {
        $tls.Protocol | Should -BeIn 'Tls12', 'Tls13'
    }
}
