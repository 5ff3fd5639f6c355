# What web servers have to answer, to the byte.
param(
    [string] $Path = "$PSScriptRoot/urls.csv"      # columns Uri, StatusCode
)

BeforeDiscovery {
    $rows = Import-Csv -LiteralPath $Path | ForEach-Object { @{ Uri = $_.Uri; StatusCode = [int] $_.StatusCode } }
}

BeforeAll {
    if (-not (Get-Module -Name SocketTools)) { Import-Module -Name SocketTools -ErrorAction Stop }
}

Describe '<Uri>' -ForEach $rows {
    BeforeAll {
        $response = Invoke-RawHttp $Uri
    }

    It 'answers <StatusCode>' {
        $response.StatusCode | Should -Be $StatusCode -Because "it said '$($response.StatusLine)'"
    }

    It 'says which text it sends' {
        $response.Headers.Name | Should -Contain 'Content-Type'
    }

    It 'breaks no rule of HTTP' {
        $response.Findings | Should -BeNullOrEmpty -Because ($response.Findings -join '; ')
    }
}
