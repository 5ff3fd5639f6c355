<#
.SYNOPSIS
    Makes the pictures of docs/pictures from real runs, in a terminal of tmux and a network of their own.
.DESCRIPTION
    Needs Linux, the right to make network namespaces (root), iptables, tmux, and the module built. Hosts and names exist in that network
    alone, and nothing leaves it. TerminalPicture.cs draws what the terminal shows.
.PARAMETER Name
    The pictures to make; all unless given.
#>
[CmdletBinding()]
param(
    [string[]] $Name = '*'
)

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path -Path "$PSScriptRoot/..").ProviderPath
$work = New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "pictures-$PID")
$env:LANG = 'C.UTF-8'

$scenes = @(
    @{
        Name    = 'scan'
        Title   = 'Test-TcpPort of three hosts: what is open is green, closed red, filtered yellow'
        Setup   = 'foreach ($on in "127.0.0.2:22", "127.0.0.2:443", "127.0.0.3:22", "127.0.0.3:5432") { $address, $port = $on -split ":"; $null = Start-EchoServer $port -Address $address }'
        Command = 'Test-TcpPort web1, db1, old1 22, 443, 5432 | Sort-Object ComputerName, Port'
    }
    @{
        Name    = 'progress'
        Title   = 'Test-TcpPort of all 65,535 ports under way, with its progress'
        Setup   = '$null = Start-EchoServer 22 -Address 127.0.0.2; $null = Start-EchoServer 443 -Address 127.0.0.2'
        Command = 'Test-TcpPort web1 1-65535 -State Open -MaximumRate 6000'
        Until   = '(3|4)\d,\d\d\d of 65,535'
    }
    @{
        Name    = 'latency'
        Title   = 'Measure-TcpLatency with its samples drawn'
        Setup   = '$null = Start-EchoServer 5432 -Address 127.0.0.3'
        Command = 'Measure-TcpLatency db1 5432 -Count 60 -IntervalMilliseconds 40'
    }
    @{
        Name    = 'http'
        Title   = 'Invoke-RawHttp: an answer as it came, and the time of each step'
        Setup   = '$null = Start-SocketServer 443 -Address 127.0.0.2 -Handler Http -Tls -Body "All is well.`n" -Header @{ Server = "web1"; "Content-Type" = "text/plain" } -LatencyMilliseconds 5; $null = Invoke-RawHttp https://web1/health -SkipCertificateCheck'
        Command = '$answer = Invoke-RawHttp https://web1/health -SkipCertificateCheck', '$answer', '$answer.Timing'
    }
)

# The names are those of the picture, and so is this computer's.
Set-Content -Path "$work/hosts" -Value "127.0.0.1 localhost`n127.0.0.2 web1`n127.0.0.3 db1`n127.0.0.4 old1`n127.0.1.1 admin1"
Set-Content -Path "$work/network.sh" -Value @'
set -e
hostname admin1
mount --bind "$1/hosts" /etc/hosts
ip link set lo up
iptables -A INPUT -d 127.0.0.4 -p tcp --dport 22 -j REJECT --reject-with icmp-admin-prohibited
iptables -A INPUT -d 127.0.0.4 -j DROP
exec tmux -L "$2" -u -f /dev/null new-session -d -x 80 -y 26 pwsh -NoLogo -NoProfile -NoExit -File "$1/setup.ps1"
'@

function Get-Screen([switch] $Escapes) {
    if ($Escapes) { tmux -L $terminal capture-pane -e -p } else { tmux -L $terminal capture-pane -p }
}

function Wait-Screen([string] $Pattern) {
    $end = [DateTime]::UtcNow.AddSeconds(60)
    while (((Get-Screen) -join "`n").TrimEnd() -notmatch $Pattern) {
        if ([DateTime]::UtcNow -gt $end) { throw "The terminal did not show $Pattern`: $(Get-Screen)" }
        Start-Sleep -Milliseconds 100
    }
}

try {
    foreach ($scene in $scenes | Where-Object { $picture = $_.Name; $Name | Where-Object { $picture -like $_ } }) {
        $terminal = "pictures-$PID-$($scene.Name)"
        Set-Content -Path "$work/setup.ps1" -Value @"
Import-Module '$root/SocketTools.psd1'
Set-PSReadLineOption -PredictionSource None -HistorySaveStyle SaveNothing
function prompt { 'PS> ' }
$($scene.Setup)
Clear-Host
"@
        unshare --net --mount --uts sh "$work/network.sh" $work.FullName $terminal
        if ($LASTEXITCODE) { throw 'The network or the terminal could not be made.' }
        try {
            Wait-Screen '\APS>\z'
            $prompts = 1
            foreach ($command in $scene.Command) {
                tmux -L $terminal send-keys -l $command
                tmux -L $terminal send-keys Enter
                Wait-Screen $(if ($scene.Until) { $scene.Until } else { "(?s)\A(PS>.*\n){$prompts}PS>\z" })
                $prompts++
            }
            $text = (Get-Screen -Escapes) -join "`n"
        }
        finally {
            tmux -L $terminal kill-server
        }
        # The prompt that comes after says nothing.
        $text = $text.TrimEnd() -replace '(\n|\A)[^\n]*PS>[^\n]*\z'
        Set-Content -Path "$work/$($scene.Name).txt" -Value $text -Encoding utf8NoBOM
        $svg = Get-Content -Path "$work/$($scene.Name).txt" -Raw | dotnet run "$PSScriptRoot/TerminalPicture.cs" -- $scene.Title
        $null = New-Item -ItemType Directory -Path "$root/docs/pictures" -Force
        [System.IO.File]::WriteAllText("$root/docs/pictures/$($scene.Name).svg", ($svg -join "`n") + "`n")
        Write-Output "docs/pictures/$($scene.Name).svg"
    }
}
finally {
    Remove-Item -Path $work -Recurse
}
