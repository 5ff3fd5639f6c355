# What the suites talk to: sockets in a known state, servers that say what a test tells them, and real servers.

$hangGuard = [TimeSpan]::FromSeconds(30)

function Get-Program {
    param([string] $Name)

    # Daemons live where only root's PATH looks.
    foreach ($candidate in $Name, "/usr/sbin/$Name", "/sbin/$Name") {
        $found = Get-Command -Name $candidate -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if ($found) {
            return $found.Source
        }
    }
}

<#
.SYNOPSIS
    A port of loopback on which nobody listens, below those that systems take for outgoing connections.
#>
function Get-FreePort {
    [CmdletBinding()]
    [OutputType([int])]
    param()

    while ($true) {
        $port = Get-Random -Minimum 10000 -Maximum 30000
        $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList ([System.Net.IPAddress]::Loopback), $port
        try {
            $listener.Start()
            return $port
        }
        catch [System.Net.Sockets.SocketException] {
            Write-Debug -Message "Port $port is taken."
        }
        finally {
            $listener.Stop()
        }
    }
}

<#
.SYNOPSIS
    A listener on loopback. It accepts nothing, which leaves its port open all the same. Stop() ends it.
#>
function Start-TestListener {
    [CmdletBinding()]
    [OutputType([System.Net.Sockets.TcpListener])]
    param(
        [System.Net.IPAddress] $Address = [System.Net.IPAddress]::Loopback
    )

    $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList $Address, 0
    $listener.Start()
    $listener
}

<#
.SYNOPSIS
    A socket that holds a port of loopback without listening, so that nobody else opens it. Dispose() ends it.
#>
function New-ClosedPort {
    [CmdletBinding()]
    [OutputType([System.Net.Sockets.Socket])]
    param()

    $socket = New-Object -TypeName System.Net.Sockets.Socket -ArgumentList InterNetwork, Stream, Tcp
    $socket.Bind((New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([System.Net.IPAddress]::Loopback), 0))
    $socket
}

<#
.SYNOPSIS
    A port that does not answer: on Linux, a listener with a full queue drops every further handshake. Dispose() all of Sockets.
#>
function New-SilentPort {
    [CmdletBinding()]
    param()

    $listener = New-ClosedPort
    $listener.Listen(0)
    $clients = foreach ($number in 1..4) {
        $client = New-Object -TypeName System.Net.Sockets.Socket -ArgumentList InterNetwork, Stream, Tcp
        $client.Blocking = $false
        try {
            $client.Connect($listener.LocalEndPoint)
        }
        catch [System.Net.Sockets.SocketException] {
            Write-Debug -Message "Connection $number waits in the queue."
        }
        $client
    }
    [pscustomobject]@{ Port = $listener.LocalEndPoint.Port; Sockets = @($listener) + $clients }
}

<#
.SYNOPSIS
    An HTTP server that gives each connection in turn one of the responses, byte for byte, and keeps what it was sent.
.PARAMETER Response
    The responses, one a connection; characters are bytes.
.PARAMETER KeepOpen
    Leaves it to the client to end a connection.
#>
function Start-ScriptedServer {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [AllowEmptyString()] [string[]] $Response,
        [switch] $KeepOpen
    )

    $listener = Start-TestListener
    $requests = [System.Collections.ArrayList]::Synchronized((New-Object -TypeName System.Collections.ArrayList))
    $shell = [powershell]::Create().AddScript({
            param($listener, $responses, $keepOpen, $requests)
            $latin1 = [System.Text.Encoding]::GetEncoding(28591)
            $buffer = New-Object -TypeName byte[] -ArgumentList 65536
            foreach ($response in $responses) {
                do {
                    # A port scan next door may connect, too: what asks for nothing gets no response.
                    $client = $listener.AcceptTcpClient()
                    $stream = $client.GetStream()
                    $text = ''
                    while ($text -notmatch '(?s)\r\n\r\n' -or
                        ($text -match '(?im)^content-length: *(\d+)' -and ($text.Length - $text.IndexOf("`r`n`r`n") - 4) -lt $Matches[1])) {
                        $count = try { $stream.Read($buffer, 0, $buffer.Length) } catch [System.IO.IOException] { 0 }
                        if ($count -eq 0) { break }
                        $text += $latin1.GetString($buffer, 0, $count)
                    }
                } until ($text)
                [void] $requests.Add($text)
                $bytes = $latin1.GetBytes($response)
                $stream.Write($bytes, 0, $bytes.Length)
                if ($keepOpen) {
                    # Until the client has had enough.
                    try { [void] $stream.Read($buffer, 0, 1) } catch [System.IO.IOException] { }
                }
                $client.Close()
            }
        }).AddArgument($listener).AddArgument($Response).AddArgument($KeepOpen.IsPresent).AddArgument($requests)
    [void] $shell.BeginInvoke()
    [pscustomobject]@{
        Port     = $listener.LocalEndpoint.Port
        Url      = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
        Requests = $requests
        Listener = $listener
        Shell    = $shell
    }
}

<#
.SYNOPSIS
    Ends what Start-ScriptedServer started.
#>
function Stop-ScriptedServer {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $Server
    )

    process {
        if ($Server) {
            $Server.Listener.Stop()
            $Server.Shell.Dispose()
        }
    }
}

<#
.SYNOPSIS
    A UDP port of loopback that sends back what it gets.
#>
function Start-UdpEcho {
    [CmdletBinding()]
    param()

    $socket = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList ([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
    $shell = [powershell]::Create()
    [void] $shell.AddScript({
            param($socket)
            $from = [System.Net.IPEndPoint]::new([System.Net.IPAddress]::Any, 0)
            while ($true) {
                try { $bytes = $socket.Receive([ref] $from) } catch { return }
                [void] $socket.Send($bytes, $bytes.Length, $from)
            }
        }).AddArgument($socket)
    [void] $shell.BeginInvoke()
    [pscustomobject]@{ Port = $socket.Client.LocalEndPoint.Port; Socket = $socket; Shell = $shell }
}

<#
.SYNOPSIS
    Ends what Start-UdpEcho started.
#>
function Stop-UdpEcho {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $Echo
    )

    process {
        if ($Echo) {
            $Echo.Socket.Dispose()
            $Echo.Shell.Dispose()
        }
    }
}

<#
.SYNOPSIS
    A DNS server on loopback that knows no aliases and gives one record for each question that it knows; other names do not exist.
.PARAMETER Zone
    What each question, such as 'www.example.test 1', is answered with: the bytes of the record's data.
#>
function Start-DnsServer {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [hashtable] $Zone
    )

    $end = New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([System.Net.IPAddress]::Loopback), 0
    $socket = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList $end
    $shell = [powershell]::Create().AddScript({
            param($socket, $zone)
            while ($true) {
                $from = $null
                try { $query = $socket.Receive([ref] $from) } catch { return }
                $labels = for ($at = 12; $query[$at]; $at += $query[$at] + 1) {
                    [System.Text.Encoding]::ASCII.GetString($query, $at + 1, $query[$at])
                }
                $name = $labels -join '.'
                $data = @($zone["$name $(256 * $query[$at + 1] + $query[$at + 2])"])
                $code, $count = if ($null -ne $data[0]) { 0, 1 } elseif ($zone.Keys -like "$name *") { 0, 0 } else { 3, 0 }
                $answer = $query[0, 1] + 0x85, (0x80 + $code), 0, 1, 0, $count, 0, 0, 0, 0 + $query[12..($at + 4)]
                if ($count) {
                    $answer += 0xC0, 12 + $query[($at + 1)..($at + 4)] + 0, 0, 0, 60, ($data.Count -shr 8), ($data.Count -band 255) + $data
                }
                [void] $socket.Send([byte[]] $answer, $answer.Count, $from)
            }
        }).AddArgument($socket).AddArgument($Zone)
    [void] $shell.BeginInvoke()
    [pscustomobject]@{ EndPoint = $socket.Client.LocalEndPoint; Socket = $socket; Shell = $shell }
}

<#
.SYNOPSIS
    Ends what Start-DnsServer started.
#>
function Stop-DnsServer {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $Server
    )

    process {
        if ($Server) {
            $Server.Socket.Dispose()
            $Server.Shell.Dispose()
        }
    }
}

<#
.SYNOPSIS
    A TLS server on loopback with a self-signed certificate for localhost, which ends in 20 days. It says nothing over TLS.
#>
function Start-TlsServer {
    [CmdletBinding()]
    param()

    $key = [System.Security.Cryptography.RSA]::Create(2048)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddDnsName('localhost')
    $request.CertificateExtensions.Add($names.Build())
    $pfx = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(20.5)).Export('Pfx')
    $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($pfx)
    $listener = Start-TestListener
    $shell = [powershell]::Create().AddScript({
            param($listener, $certificate)
            while ($true) {
                try { $client = $listener.AcceptTcpClient() } catch { return }
                $tls = [System.Net.Security.SslStream]::new($client.GetStream())
                # A handshake that fails is what some tests want.
                try { $tls.AuthenticateAsServer($certificate); [void] $tls.ReadByte() } catch { Write-Debug -Message "$_" }
                $client.Close()
            }
        }).AddArgument($listener).AddArgument($certificate)
    [void] $shell.BeginInvoke()
    [pscustomobject]@{ Port = $listener.LocalEndpoint.Port; Certificate = $certificate; Listener = $listener; Shell = $shell }
}

<#
.SYNOPSIS
    Ends what Start-TlsServer started.
#>
function Stop-TlsServer {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $Server
    )

    process {
        if ($Server) {
            $Server.Listener.Stop()
            $Server.Shell.Dispose()
        }
    }
}

function Start-Daemon {
    param([string] $Program, [string[]] $Argument, [int[]] $Port)

    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList $Program
    foreach ($word in $Argument) {
        $start.ArgumentList.Add($word)
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (Test-TcpPort -ComputerName 127.0.0.1 -Port $Port -Quiet)) {
        if ($process.HasExited) {
            throw "$Program ended with exit code $($process.ExitCode) before it listened on $Port."
        }
        if ($clock.Elapsed -gt $hangGuard) {
            $process.Kill($true)
            throw "$Program did not listen on $Port within $($hangGuard.TotalSeconds) seconds."
        }
    }
    $process
}

<#
.SYNOPSIS
    Ends a server that this file started.
#>
function Stop-Daemon {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $Daemon
    )

    process {
        if ($Daemon) {
            $Daemon.Process.Kill($true)
            $Daemon.Process.WaitForExit()
            $Daemon.Process.Dispose()
        }
    }
}

<#
.SYNOPSIS
    nginx on loopback, plain on Port and with TLS on TlsPort, with the files of Folder/html; nothing when it is not installed.
#>
function Start-Nginx {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Folder
    )

    $nginx = Get-Program -Name nginx
    if (-not $nginx) {
        return
    }
    $null = New-Item -ItemType Directory -Path "$Folder/html"
    $key = [System.Security.Cryptography.RSA]::Create(2048)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
    [System.IO.File]::WriteAllText("$Folder/cert.pem", $certificate.ExportCertificatePem())
    [System.IO.File]::WriteAllText("$Folder/key.pem", $key.ExportPkcs8PrivateKeyPem())
    $certificate.Dispose()
    $port, $tlsPort = (Get-FreePort), (Get-FreePort)
    [System.IO.File]::WriteAllText("$Folder/nginx.conf", @"
daemon off; master_process off; pid nginx.pid; error_log error.log;
events { worker_connections 256; }
http {
  access_log off; default_type text/plain;
  client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  server {
    listen 127.0.0.1:$port; listen 127.0.0.1:$tlsPort ssl; server_name localhost;
    ssl_certificate cert.pem; ssl_certificate_key key.pem;
    root html;
    location = /health { return 200 "healthy\n"; }
    location = /twice { add_header X-Twice one; add_header X-Twice two; return 200; }
    location = /old { return 301 /health; }
  }
}
"@)
    $words = '-p', $Folder, '-c', "$Folder/nginx.conf", '-e', "$Folder/error.log"
    [pscustomobject]@{
        Process = Start-Daemon -Program $nginx -Argument $words -Port $port, $tlsPort
        Port    = $port
        TlsPort = $tlsPort
        Files   = "$Folder/html"
    }
}

<#
.SYNOPSIS
    OpenSSH's server on loopback, for nobody to log in to; nothing when it is not installed.
#>
function Start-SshServer {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Folder
    )

    $sshd, $keygen = (Get-Program -Name sshd), (Get-Program -Name ssh-keygen)
    if (-not $sshd -or -not $keygen -or -not $IsLinux) {
        return
    }
    & $keygen -q -t ed25519 -N '' -f "$Folder/host_key"
    $port = Get-FreePort
    [System.IO.File]::WriteAllText("$Folder/sshd_config", @"
ListenAddress 127.0.0.1
Port $port
HostKey $Folder/host_key
PidFile none
UsePAM no

"@)
    $words = $sshd, '-D', '-f', "$Folder/sshd_config", '-E', "$Folder/sshd.log"
    if ((id -u) -eq 0 -and -not (Test-Path -LiteralPath /run/sshd)) {
        # As root it wants this folder, which the system makes when it starts the service: a /run of its own has one.
        $setUp = 'mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"'
        $words = (Get-Program -Name unshare), '--mount', 'sh', '-c', $setUp, 'sh' + $words
    }
    [pscustomobject]@{
        Process = Start-Daemon -Program $words[0] -Argument $words[1..$words.Length] -Port $port
        Port    = $port
    }
}

<#
.SYNOPSIS
    dnsmasq on loopback, which knows a few names of the domain example.test, and host-127-9-0-0.example.test and on, a name for
    each address; nothing when it is not installed.
#>
function Start-Dnsmasq {
    [CmdletBinding()]
    param()

    $dnsmasq = Get-Program -Name dnsmasq
    if (-not $dnsmasq) {
        return
    }
    $port = Get-FreePort
    [pscustomobject]@{
        Process = Start-Daemon -Program $dnsmasq -Argument (Get-DnsmasqArgument -Port $port) -Port $port
        Port    = $port
    }
}

function Get-DnsmasqArgument {
    param([int] $Port)

    '--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--log-facility=/dev/null', '--no-resolv', '--no-hosts'
    "--user=$(id -un)", "--port=$Port", '--listen-address=127.0.0.1', '--bind-interfaces', '--local=/test/'
    '--host-record=web1.example.test,192.0.2.10,2001:db8::10', '--cname=www.example.test,web1.example.test'
    '--host-record=near.example.test,127.0.0.1', '--address=/many.example.test/127.0.0.2', '--address=/many.example.test/127.0.0.3'
    '--mx-host=example.test,web1.example.test,10', '--srv-host=_web._tcp.example.test,web1.example.test,443,5,7'
    '--txt-record=example.test,v=spf1 -all,second', '--caa-record=example.test,0,issue,ca.example.test'
    '--host-record=xn--bcher-kva.example.test,127.0.0.4', '--synth-domain=example.test,127.9.0.0/16,host-'
}

# The servers that Invoke-WithOwnNetwork can run, by their programs, and the usual port of each. The office is several hosts: see Office.
$serverPorts = @{
    'redis-server' = 6379; smtpd = 25; sshd = 22; nginx = 80; vsftpd = 21; dnsmasq = 53; postgres = 5432; openssl = 4433; microsocks = 1080
    aiosmtpd = 25; dovecot = 143; office = 9
}

# A shell script that runs a server in a network of its own; its argument is an empty folder. What is in /run goes with it.
function Get-ServerScript {
    param([string] $Name)

    $certificate = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem 2>openssl.log"
    $program = Get-Program -Name $Name
    $body = switch ($Name) {
        redis-server {
            'mkdir /run/redis'
            "exec $program --port 6379 --bind 127.0.0.1 --save '' --appendonly no --dir . --unixsocket /run/redis/redis-server.sock --logfile redis.log"
        }
        smtpd {
            $certificate
            'chmod 600 key.pem'
            'printf ''%s\n'' "pki localhost cert \"$1/cert.pem\"" "pki localhost key \"$1/key.pem\"" \'
            '    ''listen on 127.0.0.1 port 25 tls pki localhost'' ''action "local" mbox'' ''match for local action "local"'' >smtpd.conf'
            "exec $program -d -f smtpd.conf >smtpd.log 2>&1"
        }
        aiosmtpd {
            $certificate
            "exec $program -n -l 127.0.0.1:25 --tlscert cert.pem --tlskey key.pem --no-requiretls -c aiosmtpd.handlers.Sink 2>smtp.log"
        }
        dovecot {
            $certificate
            'printf ''%s\n'' "base_dir = /run/dovecot" "log_path = $1/dovecot.log" "protocols = imap pop3" "listen = 127.0.0.1" "ssl = yes" \'
            '    "ssl_cert = <$1/cert.pem" "ssl_key = <$1/key.pem" "mail_location = maildir:$1/mail" "state_dir = $1" "passdb {" "driver = static" "}" "userdb {" "driver = static" "}" >dovecot.conf'
            "exec $program -F -c `"`$1/dovecot.conf`""
        }
        sshd {
            'mkdir -m 755 /run/sshd'
            "ssh-keygen -q -t ed25519 -N '' -f host_key"
            "exec $program -D -f /dev/null -h `"`$1/host_key`" -p 22 -o ListenAddress=127.0.0.1 -o PidFile=none -o UsePAM=no"
        }
        nginx {
            'mkdir html; echo hello >html/hello.txt; chmod 755 . html'
            'echo "daemon off; master_process off; pid nginx.pid; error_log error.log; events { }
                http { access_log off; default_type text/plain; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f;
                uwsgi_temp_path u; scgi_temp_path s; server { listen 127.0.0.1:80; root html; } }" >nginx.conf'
            "exec $program -p `"`$1`" -c `"`$1/nginx.conf`" -e error.log"
        }
        vsftpd {
            'mkdir files empty; echo hello >files/hello.txt; chmod 755 . files'
            'printf ''%s\n'' listen=YES listen_address=127.0.0.1 background=NO anonymous_enable=YES "anon_root=$1/files" \'
            '    "secure_chroot_dir=$1/empty" seccomp_sandbox=NO >vsftpd.conf'
            "exec $program `"`$1/vsftpd.conf`""
        }
        dnsmasq {
            "exec $program $((Get-DnsmasqArgument -Port 53).ForEach({ "'$_'" }))"
        }
        postgres {
            $folder = Split-Path -Path (Get-Item -LiteralPath $program).ResolvedTarget
            $certificate
            'mkdir data; chown postgres data key.pem; chmod 711 .; chmod 600 key.pem'
            'as="setpriv --reuid=postgres --regid=postgres --clear-groups"'
            "`$as $folder/initdb -D `"`$1/data`" -A trust >initdb.log"
            "exec `$as $folder/postgres -D `"`$1/data`" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c ssl=on \"
            '    -c ssl_cert_file="$1/cert.pem" -c ssl_key_file="$1/key.pem" 2>postgres.log'
        }
        openssl {
            $certificate
            ($certificate -replace 'localhost', 'client' -replace '(key|cert)\.pem', 'client-$1.pem')
            'openssl pkcs12 -export -passout pass: -inkey client-key.pem -in client-cert.pem -out client.pfx'
            "exec $program s_server -accept 127.0.0.1:4433 -cert cert.pem -key key.pem -Verify 1 -CAfile client-cert.pem -verify_return_error -rev -quiet >server.log 2>&1"
        }
        microsocks {
            "exec $program -i 127.0.0.1 -p 1080 2>microsocks.log"
        }
    }
    (@('set -e', 'cd "$1"', 'mount -t tmpfs none /run') + $body -join "`n") + "`n"
}

<#
.SYNOPSIS
    Why Invoke-WithOwnNetwork cannot work here; nothing when it can.
.PARAMETER Server
    Asks for this server, too.
.PARAMETER NameServer
    Asks for a name server, too.
#>
function Get-NetworkObstacle {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Server,
        [switch] $NameServer
    )

    if (-not $IsLinux) {
        return 'only Linux has network namespaces'
    }
    $programs = if ($Server -eq 'office') { 'ssh', 'sshd', 'ssh-keygen' } else { $Server }
    foreach ($name in @('unshare', 'ip') + @(if ($NameServer) { 'dnsmasq' }) + @($programs | Where-Object { $_ })) {
        if (-not (Get-Program -Name $name)) {
            return "$name is not installed"
        }
    }
    if ($Server -eq 'dovecot' -and -not (Test-Path -LiteralPath /usr/lib/dovecot/pop3)) {
        return 'dovecot-pop3d is not installed'
    }
    if ((id -u) -ne 0) {
        return 'only root can make a network namespace'
    }
    unshare --mount --net --pid --fork --mount-proc ip link set lo up 2>$null
    if ($LASTEXITCODE -ne 0) {
        return 'this system allows no namespaces'
    }
}

<#
.SYNOPSIS
    Runs a script in a fresh pwsh whose whole network is a loopback of its own, where localhost is 127.0.0.1, and gives what
    it wrote as Export-Clixml keeps it.
.PARAMETER Folder
    An empty folder, which is the script's $PSScriptRoot.
.PARAMETER Script
    The script; the module under test is imported.
.PARAMETER Server
    Runs this server of a Debian package on its usual port of loopback: see Get-ServerScript.
.PARAMETER NameServer
    Runs dnsmasq, too. It knows web1.example.test (192.0.2.10, 2001:db8::10; also called www.example.test), near.example.test
    (127.0.0.1) and many.example.test (127.0.0.2, 127.0.0.3), and the addresses of web1 backwards; no other name in test, and it
    refuses the rest.
#>
function Invoke-WithOwnNetwork {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [scriptblock] $Script,
        [string] $Server,
        [switch] $NameServer
    )

    $file = @{ resolv = 'nameserver 127.0.0.1'; nsswitch = 'hosts: files dns'; hosts = '127.0.0.1 localhost' }
    foreach ($name in $file.Keys) {
        [System.IO.File]::WriteAllText("$Folder/$name", $file[$name] + "`n")
    }
    $port = if ($Server) { $serverPorts[$Server] } elseif ($NameServer) { 53 }
    $wait = if ($port) {
        @"
`$clock = [System.Diagnostics.Stopwatch]::StartNew()
while (-not (Test-TcpPort -ComputerName 127.0.0.1 -Port $port -Quiet)) {
    if (`$clock.Elapsed.TotalSeconds -gt $($hangGuard.TotalSeconds)) { throw 'Nobody listens on $port.' }
}
"@
    }
    [System.IO.File]::WriteAllText("$Folder/script.ps1", @"
`$ErrorActionPreference = 'Stop'
Import-Module '$(Get-TestedManifest)'
$wait
`$ErrorActionPreference = 'Continue'
& { $Script } | Export-Clixml -LiteralPath '$Folder/answer.xml'
"@)
    # What runs in the background ends with its namespace.
    $setUp = @'
set -e
ip link set lo up
mount --bind "$1/resolv" /etc/resolv.conf
mount --bind "$1/nsswitch" /etc/nsswitch.conf
mount --bind "$1/hosts" /etc/hosts
folder=$1 shell=$2
shift 2
[ $# = 0 ] || "$@" &
"$shell" -NoProfile -NonInteractive -File "$folder/script.ps1"
'@
    $shell = (Get-Process -Id $PID).Path
    $daemon = if ($Server -eq 'office') {
        'sh', "$PSScriptRoot/Office/start.sh", $Folder, $shell, (Get-TestedManifest)
    }
    elseif ($Server) {
        [System.IO.File]::WriteAllText("$Folder/server.sh", (Get-ServerScript -Name $Server))
        'sh', "$Folder/server.sh", $Folder
    }
    elseif ($NameServer) {
        @(Get-Program -Name dnsmasq) + (Get-DnsmasqArgument -Port 53)
    }
    unshare --mount --net --pid --fork --kill-child --mount-proc sh -c $setUp sh $Folder $shell @daemon
    if ($LASTEXITCODE -ne 0) {
        throw "The session with a network of its own ended with exit code $LASTEXITCODE."
    }
    Import-Clixml -LiteralPath "$Folder/answer.xml"
}

Export-ModuleMember -Function Get-FreePort, Start-TestListener, New-ClosedPort, New-SilentPort, Start-ScriptedServer,
    Stop-ScriptedServer, Start-UdpEcho, Stop-UdpEcho, Start-DnsServer, Stop-DnsServer, Start-Nginx, Start-SshServer,
    Start-TlsServer, Stop-TlsServer, Start-Dnsmasq, Stop-Daemon, Get-NetworkObstacle, Invoke-WithOwnNetwork
