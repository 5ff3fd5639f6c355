BeforeAll {
    Import-Module "$PSScriptRoot/Session.psm1"
    Import-Module (Get-TestedManifest)
    Import-Module "$PSScriptRoot/Peers.psm1"

    $plain = "HTTP/1.1 200 Fine`r`nContent-Type: text/plain`r`nSet-Cookie: a=1`r`nset-cookie: b=2`r`n" +
        "Content-Length: 12`r`n`r`nhello`nworld!"
    $chunked = "HTTP/1.1 200 OK`r`nTransfer-Encoding: chunked`r`n`r`n5`r`nhello`r`n6`r`n world`r`n0`r`nX-Sum: 11`r`n`r`n"
    $untilClose = "HTTP/1.0 404 Not Found`r`n`r`nnothing`0here"
    $short = "HTTP/1.1 200 OK`r`nContent-Length: 100`r`n`r`nshort"
}

Describe 'Invoke-RawHttp, the response' {
    AfterEach {
        $server | Stop-ScriptedServer
    }

    It 'comes in its parts' {
        $server = Start-ScriptedServer -Response $plain
        $response = Invoke-RawHttp $server.Url

        $response | Should -BeOfType SocketTools.RawHttpResponse
        $response.StatusLine | Should -BeExactly 'HTTP/1.1 200 Fine'
        $response.StatusCode | Should -Be 200
        $response.ReasonPhrase | Should -BeExactly 'Fine'
        $response.HttpVersion | Should -Be '1.1'
        $response.Content | Should -BeExactly "hello`nworld!"
        $response.RawHead + $response.Content | Should -BeExactly $plain
        $response.ComputerName | Should -Be '127.0.0.1'
        $response.Port | Should -Be $server.Port
        "$response" | Should -BeExactly 'HTTP/1.1 200 Fine'
    }

    It 'keeps the order, the case and the repeats of headers' {
        $server = Start-ScriptedServer -Response $plain
        $response = Invoke-RawHttp $server.Url

        $response.Headers.Name | Should -BeExactly @('Content-Type', 'Set-Cookie', 'set-cookie', 'Content-Length')
        $response.Headers['SET-COOKIE'] | Should -BeExactly @('a=1', 'b=2')
        ($response.Headers | Where-Object Name -EQ Content-Length).Value | Should -Be '12'
        $response.Headers['X-None'] | Should -BeNullOrEmpty
    }

    It 'has the bytes of a body of known length, in chunks, or up to the end' {
        $server = Start-ScriptedServer -Response $plain, $chunked, $untilClose
        $first, $second, $third = 1..3 | ForEach-Object { Invoke-RawHttp $server.Url }

        $first.Body.Length | Should -Be 12
        $second.Content | Should -BeExactly 'hello world'
        $second.Trailers['X-Sum'] | Should -Be '11'
        $third.StatusCode | Should -Be 404
        [System.Text.Encoding]::ASCII.GetString($third.Body) | Should -BeExactly "nothing`0here"
    }

    It 'is a value whatever its status, and follows nothing' {
        $server = Start-ScriptedServer -Response @(
            "HTTP/1.1 302 Found`r`nLocation: /elsewhere`r`nContent-Length: 0`r`n`r`n"
            "HTTP/1.1 500 Oops`r`nContent-Length: 0`r`n`r`n"
        )

        (Invoke-RawHttp $server.Url -ErrorAction Stop).Headers['Location'] | Should -Be '/elsewhere'
        (Invoke-RawHttp $server.Url -ErrorAction Stop).StatusCode | Should -Be 500
        $server.Requests.Count | Should -Be 2
    }

    It 'pipes into other cmdlets' {
        $server = Start-ScriptedServer -Response $plain
        $result = Invoke-RawHttp $server.Url | Test-TcpPort

        $result.Port | Should -Be $server.Port
        $result.State | Should -Be 'Open'
    }

    It 'comes back from CLIXML' {
        $server = Start-ScriptedServer -Response $plain
        Invoke-RawHttp $server.Url | Export-Clixml TestDrive:/response.xml
        $response = Import-Clixml TestDrive:/response.xml

        $response.StatusCode | Should -Be 200
        $response.Content | Should -BeExactly "hello`nworld!"
        $response.Body.Count | Should -Be 12
        $response.RawHead | Should -BeLike '*set-cookie: b=2*'
    }
}

Describe 'Invoke-RawHttp, the request' {
    AfterEach {
        $server | Stop-ScriptedServer
    }

    It 'has only Host and Connection of its own' {
        $server = Start-ScriptedServer -Response $plain
        $response = Invoke-RawHttp "$($server.Url)/path?a=b%20c"

        $server.Requests[0] | Should -BeExactly "GET /path?a=b%20c HTTP/1.1`r`nHost: 127.0.0.1:$($server.Port)`r`nConnection: close`r`n`r`n"
        [System.Text.Encoding]::ASCII.GetString($response.RequestBytes) | Should -BeExactly $server.Requests[0]
    }

    It 'has not even these with -NoDefaultHeaders' {
        $server = Start-ScriptedServer -Response $plain
        $null = Invoke-RawHttp $server.Url -NoDefaultHeaders -Headers 'x-Only: this'

        $server.Requests[0] | Should -BeExactly "GET / HTTP/1.1`r`nx-Only: this`r`n`r`n"
    }

    It 'is what the parameters say' {
        $server = Start-ScriptedServer -Response $plain, $plain
        $headers = [ordered]@{ 'X-One' = 1; 'X-Two' = 'a', 'b' }
        $null = Invoke-RawHttp $server.Url -Method PUT -Headers $headers -Body "a$([char] 0xE7)a$([char] 0xED)" -HttpVersion 1.0
        $null = Invoke-RawHttp $server.Url -Method post -Body ([byte[]] (0, 255))

        $server.Requests[0] | Should -BeLike "PUT / HTTP/1.0`r`n*`r`nX-One: 1`r`nX-Two: a`r`nX-Two: b`r`n*"
        $server.Requests[0] | Should -BeLike "*`r`nContent-Length: 6`r`n*"
        $server.Requests[1] | Should -BeLike "post / HTTP/1.1`r`n*`r`n`r`n`0$([char] 255)"
    }

    It 'goes to a host without a scheme, too' {
        $server = Start-ScriptedServer -Response $plain

        (Invoke-RawHttp "localhost:$($server.Port)/health").StatusCode | Should -Be 200
        $server.Requests[0] | Should -BeLike "GET /health HTTP/1.1`r`nHost: localhost:$($server.Port)`r`n*"
    }

    It 'is refused at binding when it is no request: <Case>' -ForEach @(
        @{ Case = 'another scheme'; Arguments = @{ Uri = 'ftp://localhost' }; Says = '*ftp*http*' }
        @{ Case = 'a port out of range'; Arguments = @{ Uri = 'http://localhost:99999' }; Says = '*99999*' }
        @{ Case = 'a blank in the method'; Arguments = @{ Uri = 'localhost'; Method = 'G T' }; Says = '*G T*' }
        @{ Case = 'a line end in a header'; Arguments = @{ Uri = 'localhost'; Headers = @{ A = "b`r`nC: d" } }; Says = '*CR*' }
        @{ Case = 'a version that is not written so'; Arguments = @{ Uri = 'localhost'; HttpVersion = '3' }; Says = '*1.0*1.1*' }
        @{ Case = 'no URL'; Arguments = @{ Uri = '' }; Says = '*' }
    ) {
        { Invoke-RawHttp @Arguments } | Should -Throw -ErrorId 'ParameterArgument*Error,*' -ExpectedMessage $Says
    }

    It 'completes its method' {
        Get-Completion 'Invoke-RawHttp localhost -Method P' | Should -Be @('POST', 'PUT', 'PATCH')
    }
}

Describe 'Invoke-RawHttp, errors' {
    AfterEach {
        $server | Stop-ScriptedServer
    }

    It 'throws when nothing listens' {
        $closed = New-ClosedPort
        try {
            { Invoke-RawHttp "127.0.0.1:$($closed.LocalEndPoint.Port)" } |
                Should -Throw -ErrorId 'ConnectionRefused,*' -ExpectedMessage '*ECONNREFUSED*'
        }
        finally {
            $closed.Dispose()
        }
    }

    It 'throws when the server is silent, with what came before' {
        $server = Start-ScriptedServer -Response $short -KeepOpen
        $caught = try { Invoke-RawHttp $server.Url -TimeoutMilliseconds 500 } catch [SocketTools.SocketTimeoutException] { $_ }

        $caught.FullyQualifiedErrorId | Should -BeLike 'TimedOut,*'
        $caught.CategoryInfo.Category | Should -Be 'OperationTimeout'
        $caught.Exception.PartialResult.Content | Should -BeExactly 'short'
        $caught.Exception.PartialResult.IsComplete | Should -BeFalse
    }

    It 'throws when the server ends too early, says too much, or does not speak HTTP' {
        $server = Start-ScriptedServer -Response '', $short, $plain, "what?`r`n`r`n"

        { Invoke-RawHttp $server.Url } | Should -Throw -ErrorId 'ConnectionClosed,*'
        { Invoke-RawHttp $server.Url } | Should -Throw -ErrorId 'ConnectionClosed,*' -ExpectedMessage '*95 bytes*'
        { Invoke-RawHttp $server.Url -MaximumBytes 3 } | Should -Throw -ErrorId 'LimitExceeded,*'
        { Invoke-RawHttp $server.Url } | Should -Throw -ErrorId 'ProtocolViolation,*' -ExpectedMessage '*what?*'
    }

    It 'goes on with the next of several URLs' {
        $server = Start-ScriptedServer -Response $plain, 'no', $plain
        $responses = 1..3 | ForEach-Object { $server.Url } | Invoke-RawHttp -ErrorVariable errors -ErrorAction SilentlyContinue

        $responses.Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ProtocolViolation,*'
        "$($errors[0].TargetObject)" | Should -BeLike "$($server.Url)*"
    }

    It 'ends at once when Select-Object has enough' {
        $server = Start-ScriptedServer -Response $plain, $plain, $plain
        $responses = 1..1000 | ForEach-Object { $server.Url } | Invoke-RawHttp | Select-Object -First 2

        $responses.Count | Should -Be 2
        $server.Requests.Count | Should -BeLessThan 4
    }
}

Describe 'Invoke-RawHttp and nginx' {
    BeforeAll {
        $nginx = Start-Nginx -Folder $TestDrive
    }

    AfterAll {
        $nginx | Stop-Daemon
    }

    BeforeEach {
        if (-not $nginx) { Set-ItResult -Skipped -Because 'nginx is not installed' }
    }

    It 'gets a page' {
        $response = Invoke-RawHttp "http://localhost:$($nginx.Port)/health"

        $response.StatusCode | Should -Be 200
        $response.Headers['Server'] | Should -BeLike 'nginx*'
        $response.Content | Should -BeExactly "healthy`n"
    }

    It 'gets a file byte for byte' {
        $bytes = New-Object -TypeName byte[] -ArgumentList 300000
        (New-Object -TypeName System.Random -ArgumentList 1).NextBytes($bytes)
        [System.IO.File]::WriteAllBytes("$($nginx.Files)/random.bin", $bytes)
        $response = Invoke-RawHttp "http://127.0.0.1:$($nginx.Port)/random.bin"

        [Convert]::ToBase64String($response.Body) | Should -BeExactly ([Convert]::ToBase64String($bytes))
        (Invoke-RawHttp "http://127.0.0.1:$($nginx.Port)/random.bin" -Method HEAD).Body.Length | Should -Be 0
        (Invoke-RawHttp "http://127.0.0.1:$($nginx.Port)/random.bin" -Headers @{ Range = 'bytes=0-9' }).Body | Should -Be $bytes[0..9]
    }

    It 'sees repeated headers, redirections and refusals as they are' {
        (Invoke-RawHttp "localhost:$($nginx.Port)/twice").Headers['X-Twice'] | Should -Be @('one', 'two')
        (Invoke-RawHttp "localhost:$($nginx.Port)/old").StatusLine | Should -BeExactly 'HTTP/1.1 301 Moved Permanently'
        (Invoke-RawHttp "localhost:$($nginx.Port)/health" -NoDefaultHeaders).StatusLine | Should -BeLike 'HTTP/1.1 400 *'
        (Invoke-RawHttp "localhost:$($nginx.Port)/health" -NoDefaultHeaders -HttpVersion 1.0).StatusCode | Should -Be 200
    }

    It 'asks over TLS' {
        $url = "https://localhost:$($nginx.TlsPort)/health"

        (Invoke-RawHttp $url -SkipCertificateCheck).Content | Should -BeExactly "healthy`n"
        { Invoke-RawHttp $url } | Should -Throw -ErrorId 'TlsFailed,*' -ExpectedMessage '*-SkipCertificateCheck*'
        { Invoke-RawHttp "https://localhost:$($nginx.Port)/" -SkipCertificateCheck } | Should -Throw -ErrorId 'NotTls,*'
        (Invoke-RawHttp "http://localhost:$($nginx.TlsPort)/").StatusCode | Should -Be 400
    }

    It 'works in many runspaces at once' {
        $manifest, $port = (Get-TestedManifest), $nginx.Port
        $responses = 1..16 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            Invoke-RawHttp "localhost:$using:port/health"
        }

        @($responses | Where-Object Content -EQ "healthy`n").Count | Should -Be 16
    }
}

Describe 'Invoke-RawHttp, what is found' {
    AfterEach {
        $server | Stop-ScriptedServer
    }

    It 'names what is wrong, where, and what it can lead to' {
        $server = Start-ScriptedServer -Response "HTTP/1.1 200 OK`r`nContent-Length: 3`r`nTransfer-Encoding : chunked`r`n`r`n3;a=b`r`nabc`r`n0`r`n`r`n"
        $response = Invoke-RawHttp $server.Url

        $response.Findings.Id | Should -BeExactly @('SpaceBeforeColon', 'ContentLengthWithTransferEncoding')
        $response.Findings[0].Severity | Should -Be 'High'
        $response.Findings[0].Offset | Should -Be 36
        $response.Findings[0].Section | Should -BeExactly 'RFC 9112 section 5.1'
        $response.Content | Should -BeExactly 'abc'
        $response.Chunks.Size | Should -Be @(3, 0)
        $response.Chunks[0].Extension | Should -BeExactly ';a=b'
    }

    It 'shows them in 80 columns' {
        $server = Start-ScriptedServer -Response "HTTP/1.1 200 OK`r`nContent-Length: 3`r`nTransfer-Encoding : chunked`r`nServer: a`r`nServer: b`r`n`r`n0`r`n`r`n"
        $response = Invoke-RawHttp $server.Url

        $rows = ($response.Findings | Out-String -Width 80) -split '\r?\n'
        $rows -match '^High +SpaceBeforeColon +36 RFC 9112 5\.1 +Transfer-En' | Should -HaveCount 1
        $rows -match '^High +ContentLengthWithTransferEncoding +17 RFC 9112 6\.3 +Content-Len' | Should -HaveCount 1
        $names = ($response | Out-String -Width 80) -split '\r?\n' -match 'SpaceBeforeColon|DuplicateSingleton|ContentLengthWithTransferEncoding'
        $names | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessThan 80
        $names -join '' | Should -BeExactly '[Findings: 3, see Findings: SpaceBeforeColon, DuplicateSingleton, ContentLengthWithTransferEncoding]'
    }

    It 'finds nothing in a clean answer' {
        $server = Start-ScriptedServer -Response $plain, $chunked, $untilClose

        (Invoke-RawHttp $server.Url).Findings.Count | Should -Be 0
        (Invoke-RawHttp $server.Url).Findings.Count | Should -Be 0
        (Invoke-RawHttp $server.Url).Findings.Count | Should -Be 0
    }

    It 'takes what stands behind an answer for no answer to the next request' {
        $server = Start-ScriptedServer -Response "HTTP/1.1 200 OK`r`nContent-Length: 2`r`n`r`nokHTTP/1.1 299 Injected`r`nContent-Length: 0`r`n`r`n"
        $responses = Invoke-RawHttp $server.Url -Sequence '/a', '/b' -ErrorVariable failed -ErrorAction SilentlyContinue

        $responses | Should -HaveCount 1
        $responses.Content | Should -BeExactly 'ok'
        $responses.Findings.Id | Should -BeExactly 'DataAfterEnd'
        $failed[0] | Should -BeLike '*one more request was not sent*'
    }

    It 'keeps the findings of an answer that cannot be read on' {
        $server = Start-ScriptedServer -Response "HTTP/1.1 200 OK`r`nContent-Length: 3`r`nContent-Length: 4`r`n`r`nabc"
        $caught = try { Invoke-RawHttp $server.Url } catch { $_ }

        $caught.FullyQualifiedErrorId | Should -BeLike 'ProtocolViolation,*'
        $caught.Exception.PartialResult.Findings.Id | Should -BeExactly 'DifferingContentLengths'
    }
}

Describe 'Invoke-RawHttp, the connection' {
    BeforeAll {
        $nginx = Start-Nginx -Folder $TestDrive
    }

    AfterAll {
        $nginx | Stop-Daemon
    }

    BeforeEach {
        if (-not $nginx) { Set-ItResult -Skipped -Because 'nginx is not installed' }
        $url = "http://127.0.0.1:$($nginx.Port)"
    }

    It 'takes a request by hand' {
        $response = Invoke-RawHttp $url -RawRequest "GET /health HTTP/1.0`r`n`r`n"

        $response.Content | Should -BeExactly "healthy`n"
        [System.Text.Encoding]::ASCII.GetString($response.RequestBytes) | Should -BeExactly "GET /health HTTP/1.0`r`n`r`n"
    }

    It 'carries several requests <_>' -ForEach '-Sequence', '-Pipeline' {
        $how = @{ $_.TrimStart('-') = '/health', @{ RequestTarget = '/old' }, '/health' }
        $responses = Invoke-RawHttp $url @how

        $responses.StatusCode | Should -Be @(200, 301, 200)
        $responses[0].Timing.ConnectMs | Should -BeGreaterThan 0
        $responses[1].Timing.ConnectMs | Should -BeNullOrEmpty
    }

    It 'goes where it is told, for another host' {
        $response = Invoke-RawHttp http://web.example/health -ConnectTo "127.0.0.1:$($nginx.Port)"

        $response.ComputerName | Should -BeExactly 'web.example'
        $response.Address | Should -BeExactly '127.0.0.1'
        $response.Content | Should -BeExactly "healthy`n"
    }

    It 'writes a body to a file' {
        $response = Invoke-RawHttp $url/health -OutFile "$TestDrive/health.out"

        Get-Content -LiteralPath "$TestDrive/health.out" -Raw | Should -BeExactly "healthy`n"
        $response.Body.Length | Should -Be 0
        $response.BodyLength | Should -Be 8
    }

    It 'tells its TLS' {
        $response = Invoke-RawHttp "https://localhost:$($nginx.TlsPort)/health" -SkipCertificateCheck

        $response.Tls | Should -BeOfType SocketTools.TlsInfo
        $response.Timing.TlsMs | Should -BeGreaterThan 0
    }
}

Describe 'Invoke-RawHttp and OpenSSH' {
    It 'shows what a server says that is not HTTP' {
        $sshd = Start-SshServer -Folder $TestDrive
        if (-not $sshd) { Set-ItResult -Skipped -Because 'no OpenSSH server can be started here' }
        try {
            { Invoke-RawHttp "127.0.0.1:$($sshd.Port)" } | Should -Throw -ErrorId 'ProtocolViolation,*' -ExpectedMessage '*SSH-2.0-OpenSSH*'
        }
        finally {
            $sshd | Stop-Daemon
        }
    }
}
