# How a client tries again, tested against a server of its own that fails as told.

BeforeAll {
    if (-not (Get-Module -Name SocketTools)) { Import-Module -Name SocketTools -ErrorAction Stop }

    # The code under test: it asks for a quote, and tries again when the connection fails.
    function Get-Quote {
        param([string] $ComputerName, [int] $Port, [int] $Tries = 5)

        for ($try = 1; $try -le $Tries; $try++) {
            try {
                $reply = Invoke-SocketRequest $ComputerName $Port 'QUOTE' -NewLine CrLf -Until "`r`n" -TimeoutMilliseconds 2000
                return [pscustomobject]@{ Text = $reply.Text.Trim(); Tries = $try }
            }
            catch {
                Write-Verbose "Try ${try}: $_"
            }
        }
        throw "No quote in $Tries tries."
    }

    $server = Start-SocketServer -Reply "to be or not to be`r`n"
}

AfterAll {
    $server | Stop-SocketServer
}

Describe 'Get-Quote' {
    BeforeEach {
        $server | Set-SocketServer -ClearFaults
        $before = $server.ConnectionsAccepted
    }

    It 'needs one try when all is well' {
        $quote = Get-Quote $server.ComputerName $server.Port

        $quote.Text | Should -Be 'to be or not to be'
        $quote.Tries | Should -Be 1
    }

    It 'tries again while the service is being started' {
        $server | Set-SocketServer -RefuseMilliseconds 300

        $quote = Get-Quote $server.ComputerName $server.Port -Tries 1000

        $quote.Tries | Should -BeGreaterThan 1
    }

    It 'gets through although half of the connections are reset' {
        $server | Set-SocketServer -ResetAfterBytes 3 -Probability 0.5

        $quote = Get-Quote $server.ComputerName $server.Port -Tries 50

        $quote.Text | Should -Be 'to be or not to be'
        $server.ConnectionsAccepted - $before | Should -Be $quote.Tries
    }

    It 'gives up when every connection fails' {
        $server | Set-SocketServer -TruncateAfterBytes 5

        { Get-Quote $server.ComputerName $server.Port -Tries 3 } | Should -Throw 'No quote in 3 tries.'
        $server.ConnectionsAccepted - $before | Should -Be 3
    }
}
