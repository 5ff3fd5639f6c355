# One object or more of each type, with values that fill the columns, go beyond them, or are missing.

$long = 'a-host-with-a-very-long-name.of-a-department.example.test'
$at = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc)
$open = @{ ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; Service = 'https'; State = 'Open'; Reason = 'Connected'; ErrorCode = 0; LatencyMs = 1.25; Attempts = 1; Source = 'admin1'; Timestamp = $at }
$closed = @{ ComputerName = '10.0.0.80'; Address = '10.0.0.80'; Port = 5432; Service = 'postgresql'; State = 'Closed'; Reason = 'ConnectionRefused'; ErrorName = 'ECONNREFUSED'; ErrorCode = 111; LatencyMs = 0.5; Attempts = 1; Source = 'admin1'; Timestamp = $at }
$filtered = @{ ComputerName = $long; Address = '2001:db8:1234:5678:9abc:def0:1234:5678'; Port = 65535; State = 'Filtered'; Reason = 'ProhibitedByFirewall'; ErrorName = 'EHOSTUNREACH'; ErrorCode = 113; LatencyMs = 2000.25; Attempts = 5; Source = 'admin1'; Timestamp = $at }
$unknown = @{ ComputerName = 'no-such-host'; Port = 7; Service = 'echo'; State = 'Unknown'; Reason = 'NameNotResolved'; ErrorName = 'EAI_NONAME'; Source = 'admin1'; Timestamp = $at }
$address = @{ Family = 'IPv6'; SocketType = 'Stream'; Protocol = 'Tcp'; Address = '2001:db8:1234:5678:9abc:def0:1234:5678'; Port = 443 }
$interface = @{ Index = 2; Name = 'eth0'; State = 'Up'; Addresses = '10.0.0.5', '2001:db8:1234:5678:9abc:def0:1234:5678', 'fe80::1'; PhysicalAddress = '02:00:00:00:00:01' }
$support = @{ Name = 'IPv6'; IsSupported = $false; Reason = 'NotSupported'; ErrorName = 'EAFNOSUPPORT' }
$hostInfo = @{ ComputerName = 'web'; HostName = 'web1.example.test'; FullyQualifiedName = 'web1.example.test'; AnsweredName = 'web1.example.test'; Aliases = 'web', 'www.example.test'; Addresses = '10.0.0.80', '2001:db8::80'; IPv4Addresses = '10.0.0.80'; IPv6Addresses = '2001:db8::80'; ReverseNames = 'web1.example.test'; ForwardConfirmed = $true; ElapsedMs = 2.5; Source = 'admin1'; Timestamp = $at }
$timing = @{ ResolveMs = 1.5; ConnectMs = 10.25; TlsMs = 30.5; SendMs = 0.05; FirstByteMs = 55.25; BodyMs = 2.45; TotalMs = 100.1 }
$finding = @{ Severity = 'High'; Id = 'ContentLengthWithTransferEncoding'; Offset = 1048576; Section = 'RFC 9112 section 6.3'; Bytes = [byte[]][char[]]'Content-Length: 12'; Meaning = 'Two framings are given.' }
$response = @{
    ComputerName = 'web1'; Port = 443; Uri = 'https://web1/health'; Address = '10.0.0.80'; StatusLine = 'HTTP/1.1 200 OK'; StatusCode = 200
    ReasonPhrase = 'OK'; HttpVersion = '1.1'; RawHead = "HTTP/1.1 200 OK`r`nServer: test`r`nX-Evil: a$([char] 27)[31mb`r`n`r`n"
    Body = [byte[]][char[]]"one`ntwo`n"; BodyLength = 8; Content = "one`ntwo`n"; BytesSent = 40; BytesReceived = 60; IsComplete = $true; ElapsedMs = 100.1; Source = 'admin1'; Timestamp = $at
    Timing = New-GoldenObject SocketTools.HttpTiming $timing
    Findings = @(New-GoldenObject SocketTools.HttpFinding $finding)
}
$failed = @{ ComputerName = $long; Port = 80; Uri = "http://$long/"; Address = '10.0.0.80'; StatusLine = 'HTTP/1.1 503 Service Unavailable'; StatusCode = 503; ReasonPhrase = 'Service Unavailable for now'; HttpVersion = '1.1'; RawHead = "HTTP/1.1 503 Service Unavailable`r`n`r`n"; BodyLength = 123456789; ElapsedMs = 12345.678; Source = 'admin1'; Timestamp = $at }
$tls = @{
    ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; ServerName = 'web1'; Protocol = 'Tls13'; CipherSuite = 'TLS_AES_256_GCM_SHA384'; KeyExchangeGroup = 'X25519'; ApplicationProtocol = 'http/1.1'
    HandshakeMs = 4.5; Trusted = $true; NameMatches = $true; Subject = 'CN=web1.example.test'; Issuer = 'CN=Example CA'; SubjectAlternativeNames = 'web1.example.test', 'web1'
    NotBefore = $at; NotAfter = $at.AddDays(90); DaysLeft = 90; KeyAlgorithm = 'RSA'; KeySize = 2048; SignatureAlgorithm = 'sha256RSA'; SerialNumber = '01AB'; Thumbprint = 'AB' * 20; Sha256Thumbprint = 'CD' * 32
    ChainSubjects = 'CN=web1.example.test', 'CN=Example CA'; SentSubjects = 'CN=web1.example.test'; Source = 'admin1'; Timestamp = $at
}
$expiring = @{ ComputerName = '10.0.0.81'; Address = '10.0.0.81'; Port = 8443; Protocol = 'Tls12'; Trusted = $true; NameMatches = $true; Subject = 'CN=api.example.test'; NotAfter = $at.AddDays(20); DaysLeft = 20; Source = 'admin1'; Timestamp = $at }
$expired = @{ ComputerName = $long; Address = '10.0.0.82'; Port = 993; Protocol = 'Tls12'; Faults = 'Expired', 'UnknownAuthority', 'WrongName'; ChainErrors = 'The certificate has expired.'; Subject = "CN=$long"; NotAfter = $at.AddDays(-5); DaysLeft = -5; Source = 'admin1'; Timestamp = $at }
$server = @{
    ComputerName = '127.0.0.1'; Address = '127.0.0.1'; Port = 8080; Protocol = @('Tcp'); EndPoints = @('127.0.0.1:8080/tcp'); Handler = 'Echo'; State = 'Running'; MaximumConnections = 1000
    ConnectionsOpen = 2; ConnectionsAccepted = 5; BytesReceived = 1234567; BytesSent = 1234567; StartTime = $at; Source = 'admin1'
}
$connection = @{ Id = 3; ComputerName = '10.0.0.9'; Port = 50123; ServerPort = 8080; Protocol = 'Tcp'; End = 'ClientClosed'; ConnectedAt = $at; EndedAt = $at.AddSeconds(1); DurationMs = 1000.25; BytesReceived = 5; BytesSent = 5; FirstBytes = [byte[]][char[]]'hello'; FirstText = 'hello'; Source = 'admin1' }
$client = @{ Id = 1; ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; LocalEndPoint = '10.0.0.5:50124'; RemoteEndPoint = '10.0.0.80:443'; Family = 'IPv4'; Kind = 'Stream'; Protocol = 'Tcp'; State = 'Open'; IsSecure = $true; TlsProtocol = 'Tls13'; BytesSent = 1024; BytesReceived = 1048576; ConnectedAt = $at; LastActivity = $at; ConnectMs = 1.25; TimeoutMilliseconds = 10000; Source = 'admin1' }
$reply = @{ ComputerName = 'redis1'; Address = '10.0.0.63'; Port = 6379; EndedBy = 'Delimiter'; Sent = [byte[]][char[]]"PING`r`n"; Received = [byte[]][char[]]"+PONG`r`n"; Text = "+PONG`r`n"; Length = 7; ConnectMs = 0.5; FirstByteMs = 0.75; ElapsedMs = 1.5; Source = 'admin1'; Timestamp = $at }
$datagram = @{ Address = '10.0.0.53'; Port = 5353; Data = [byte[]][char[]]"hello`0world"; Text = "hello`0world"; Sender = '10.0.0.53:5353'; ComputerName = '10.0.0.53'; Length = 11; Source = 'admin1'; Timestamp = $at }
$dns = @{ Name = '_web._tcp.example.test'; Type = 'SRV'; TimeToLive = 3600; Data = '5 7 443 web1.example.test.'; Target = 'web1.example.test'; Priority = 5; Weight = 7; Port = 443; ComputerName = 'web1.example.test'; Server = '10.0.0.53:53'; ElapsedMs = 1.5; Source = 'admin1'; Timestamp = $at }
$latency = @{ ComputerName = 'db1'; Address = '10.0.0.54'; Port = 5432; Service = 'postgresql'; State = 'Open'; Reason = 'Connected'; Sent = 8; Received = 7; LossPercent = 12.5; MinMs = 1.0; MeanMs = 2.5; MedianMs = 2.0; P95Ms = 7.25; MaxMs = 8.0; JitterMs = 0.75; Sparkline = -join [char[]] (0x2581, 0x2582, 0x2581, 0x2588, 0xd7, 0x2581, 0x2583, 0x2581); Source = 'admin1'; StartTime = $at }
$sample = @{ ComputerName = 'db1'; Address = '10.0.0.54'; Port = 5432; Service = 'postgresql'; Sequence = 1; State = 'Open'; Reason = 'Connected'; LatencyMs = 1.0; Source = 'admin1'; Timestamp = $at }
$refused = New-GoldenObject SocketTools.PortReasonCount @{ Count = 997; State = 'Closed'; Reason = 'ConnectionRefused'; ErrorName = 'ECONNREFUSED' }
$report = @{
    ComputerName = 'web1'; Address = '10.0.0.80'; HostName = 'web1.example.test'; HostState = 'Up'; HostReason = 'ConnectionRefused'; LatencyMs = 0.5
    OpenPorts = @((New-GoldenObject SocketTools.TcpPortResult $open), (New-GoldenObject SocketTools.TcpPortResult ($open + @{} | ForEach-Object { $_.Port = 22; $_.Service = 'ssh'; $_ })))
    OpenCount = 2; ClosedCount = 997; FilteredCount = 1; PortsScanned = 1000; ProbesPerSecond = 2000.5; ElapsedMs = 500.25; StartTime = $at; Source = 'admin1'
    Reasons = @($refused, (New-GoldenObject SocketTools.PortReasonCount @{ Count = 1; State = 'Filtered'; Reason = 'TimedOut'; ErrorName = 'ETIMEDOUT' }))
}

[ordered] @{
    'TcpPortResult'        = $open, $closed, $filtered, $unknown
    'TcpPortResult#Banner' = ($open + @{ Banner = 'SSH-2.0-OpenSSH_9.6 and so on, for longer than the line of this screen is' }), $closed
    'UdpPortResult'        = @{ ComputerName = 'dns1'; Address = '10.0.0.53'; Port = 53; Service = 'domain'; State = 'Open'; Reason = 'Replied'; LatencyMs = 1.25; Attempts = 1; Probe = 'Dns'; Reply = 'reply'; Source = 'admin1'; Timestamp = $at },
                             @{ ComputerName = $long; Address = '10.0.0.54'; Port = 65535; State = 'OpenOrFiltered'; Reason = 'TimedOut'; ErrorName = 'ETIMEDOUT'; ErrorCode = 110; Attempts = 3; Probe = 'Empty'; Source = 'admin1'; Timestamp = $at },
                             @{ ComputerName = '10.0.0.54'; Address = '10.0.0.54'; Port = 123; Service = 'ntp'; State = 'Closed'; Reason = 'PortUnreachable'; ErrorName = 'ECONNREFUSED'; ErrorCode = 111; LatencyMs = 0.5; Attempts = 1; Probe = 'Ntp'; Source = 'admin1'; Timestamp = $at }
    'PortScanReport'       = $report, @{ ComputerName = $long; Address = '10.0.0.81'; HostState = 'Down'; HostReason = 'TimedOut'; ElapsedMs = 2000; StartTime = $at; Source = 'admin1' }
    'PortReasonCount'      = @{ Count = 65535; State = 'Closed'; Reason = 'ConnectionRefused'; ErrorName = 'ECONNREFUSED' }, @{ Count = 2; State = 'Open'; Reason = 'Connected' }
    'LatencyStatistics'    = $latency, @{ ComputerName = '2001:db8::1'; Address = '2001:db8::1'; Port = 22; State = 'Closed'; Reason = 'ConnectionRefused'; Sent = 3; Received = 0; LossPercent = 100.0; Sparkline = [string] [char] 0xd7 * 3; Source = 'admin1'; StartTime = $at }
    'LatencySample'        = $sample, @{ ComputerName = $long; Address = '10.0.0.81'; Port = 65535; Sequence = 10000; State = 'Filtered'; Reason = 'ProhibitedByFirewall'; LatencyMs = 12345.678; Source = 'admin1'; Timestamp = $at }
    'HostInfo'             = $hostInfo, @{ ComputerName = $long; HostName = $long; Addresses = '10.0.0.81', '10.0.0.82', '10.0.0.83', '2001:db8::81'; Source = 'admin1'; Timestamp = $at }
    'LocalHostInfo'        = $hostInfo + @{ Domain = 'example.test'; Interfaces = @(New-GoldenObject SocketTools.InterfaceInfo $interface); OutgoingAddresses = '10.0.0.5'; Sockets = @(New-GoldenObject SocketTools.SocketSupport $support) }
    'AddressInfo'          = $address, @{ Family = 'IPv4'; SocketType = 'Raw'; Address = '10.0.0.80'; Port = 0 }
    'InterfaceInfo'        = $interface, @{ Index = 1; Name = 'lo'; State = 'Unknown'; Addresses = '127.0.0.1', '::1' }, @{ Index = 12; Name = 'an adapter with a long name'; State = 'Down' }
    'SocketSupport'        = @{ Name = 'IPv4 TCP'; IsSupported = $true }, $support
    'DnsRecord'            = $dns, @{ Name = $long; Type = 'A'; TimeToLive = 60; Data = '10.0.0.81'; IPAddress = '10.0.0.81'; ComputerName = $long; Server = '10.0.0.53:53'; Source = 'admin1'; Timestamp = $at }
    'ServiceInfo'          = @{ Name = 'https'; Port = 443; Protocol = 'Tcp'; Aliases = @(); Description = 'http protocol over TLS/SSL'; Origin = 'System' },
                             @{ Name = 'a-service-with-a-long-name'; Port = 65535; Protocol = 'Udp'; Aliases = 'one', 'another', 'and-one-more'; Description = 'A description that is longer than what is left of a line'; Origin = 'Iana' }
    'ProtocolInfo'         = @{ Name = 'icmp'; Number = 1; Aliases = @('ICMP'); Description = 'Internet Control Message'; Origin = 'System' }, @{ Name = 'a-protocol-with-a-long-name'; Number = 255; Aliases = 'one', 'another'; Description = 'A description that is longer than what is left of a line'; Origin = 'Iana' }
    'IPAddressInfo'        = [SocketTools.IPAddressInfo]::Parse('10.0.0.1/8'), [SocketTools.IPAddressInfo]::Parse('2001:db8:1234:5678:9abc:def0:1234:5678/64')
    'RawHttpResponse'      = $response, $failed
    'HttpResponseHead'     = @{ StatusLine = 'HTTP/1.1 103 Early Hints'; StatusCode = 103; ReasonPhrase = 'Early Hints'; HttpVersion = '1.1'; RawHead = "HTTP/1.1 103 Early Hints`r`nLink: </a.css>`r`n`r`n" }
    'HttpTiming'           = $timing
    'HttpFinding'          = $finding, @{ Severity = 'Medium'; Id = 'BareLineFeed'; Offset = 12; Section = 'RFC 9112 section 2.2'; Bytes = [byte[]] 10; Meaning = 'A line ends in a line feed alone.' }, @{ Severity = 'Low'; Id = 'EmptyReason'; Offset = 0; Section = 'RFC 9112 section 4'; Bytes = [byte[]][char[]]'HTTP/1.1 200'; Meaning = 'No reason.' }
    'HttpChunk'            = @{ Offset = 120; Size = 4096; Extension = ';name=value' }, @{ Offset = 1234567890; Size = 0; Extension = '' }
    'HttpHeader'           = @{ Name = 'Content-Type'; Value = 'text/plain' }, @{ Name = 'Set-Cookie'; Value = 'a=' + 'b' * 100 }
    'TlsInfo'              = $tls, $expiring, $expired
    'TlsVersionResult'     = @{ ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; Protocol = 'Tls13'; State = 'Accepted'; UsableHere = $true; CipherSuite = 'TLS_AES_256_GCM_SHA384'; Detail = ''; Reason = 'Connected'; Source = 'admin1'; Timestamp = $at },
                             @{ ComputerName = $long; Address = '10.0.0.80'; Port = 8443; Protocol = 'Tls10'; State = 'Accepted'; CipherSuite = 'TLS_RSA_WITH_AES_128_CBC_SHA'; Detail = ''; Reason = 'Connected'; Source = 'admin1'; Timestamp = $at },
                             @{ ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; Protocol = 'Tls11'; State = 'Refused'; Detail = 'alert protocol_version'; Reason = 'TlsFailed'; Source = 'admin1'; Timestamp = $at },
                             @{ ComputerName = 'web1'; Address = '10.0.0.80'; Port = 443; Protocol = 'Ssl3'; State = 'Unknown'; Detail = 'The connection was reset before the server said anything'; Reason = 'ConnectionReset'; Source = 'admin1'; Timestamp = $at }
    'SocketConnection'     = $client, @{ Id = 1000; ComputerName = $long; Port = 65535; Protocol = 'Udp'; State = 'Closed'; BytesSent = 1234567890; BytesReceived = 0; Source = 'admin1' }
    'SocketReply'          = $reply, @{ ComputerName = $long; Address = '10.0.0.64'; Port = 6379; EndedBy = 'TimedOut'; Sent = [byte[]] 1; Received = [byte[]] @(); Text = ''; Length = 0; ElapsedMs = 10000.5; Source = 'admin1'; Timestamp = $at }
    'SocketDatagram'       = $datagram, @{ Address = '2001:db8:1234:5678::5678'; Port = 65535; Data = [byte[]][char[]]('x' * 100); Text = 'x' * 100; Sender = '[2001:db8:1234:5678::5678]:65535'; ComputerName = '2001:db8:1234:5678::5678'; Length = 100; Source = 'admin1'; Timestamp = $at }
    'SocketTranscript'     = @{ MaximumBytes = 1048576; BytesDropped = 0; Entries = @() }
    'TranscriptEntry'      = @{ Direction = 'Sent'; Timestamp = $at; ElapsedMs = 0.125; Data = [byte[]][char[]]"PING`r`n" }, @{ Direction = 'Received'; Timestamp = $at; ElapsedMs = 12345.678; Data = [byte[]][char[]]('x' * 100) }
    'SocketServer'         = $server, @{ Address = '2001:db8:1234:5678:9abc:def0:1234:5678'; Port = 65535; Handler = 'ScriptBlock'; State = 'Stopped'; ConnectionsOpen = 0; ConnectionsAccepted = 123456789; BytesReceived = 123456789012; BytesSent = 123456789012; StartTime = $at; Source = 'admin1' },
                             @{ Address = '/run/a/socket/with/a/long/path/to/it.sock'; Port = 0; Handler = 'Reply'; State = 'Draining'; ConnectionsOpen = 1; ConnectionsAccepted = 1; BytesReceived = 0; BytesSent = 0; UnixSocket = '/run/a/socket/with/a/long/path/to/it.sock'; StartTime = $at; Source = 'admin1' }
    'ServerConnection'     = $connection, @{ Id = 4; ComputerName = '2001:db8:1234:5678:9abc:def0:1234:5678'; Port = 65535; ServerPort = 8080; Protocol = 'Tcp'; End = 'HandlerFailed'; ErrorMessage = 'It failed.'; ConnectedAt = $at; EndedAt = $at.AddSeconds(1); DurationMs = 123456.789; BytesReceived = 1234567890; BytesSent = 1234567890; FirstBytes = [byte[]][char[]]('x' * 64); FirstText = 'x' * 64; Source = 'admin1' },
                             @{ Id = 5; ComputerName = '10.0.0.9'; Port = 50125; ServerPort = 8080; Protocol = 'Tcp'; End = 'Open'; ConnectedAt = $at; DurationMs = 5.5; BytesReceived = 0; BytesSent = 0; FirstText = ''; Source = 'admin1' }
    'SocketFaults'         = @{ LatencyMilliseconds = 100; JitterMilliseconds = 20; BytesPerSecond = 1024; Probability = 1.0; DropRate = 0.25 }
}
