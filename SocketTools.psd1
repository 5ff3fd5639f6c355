@{
    RootModule             = 'lib/SocketTools.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6d0d6f2b-3b6e-4c55-9d43-5b9a6a2d3f1c'
    Author                 = 'SocketTools contributors'
    CompanyName            = 'SocketTools contributors'
    Copyright              = 'Copyright (c) SocketTools contributors. MIT licence.'
    Description            = 'Sockets for PowerShell: test ports, resolve hosts, look up services, speak protocols byte by byte, run test servers. Every answer is a typed object that says what was found, why, and how long it took.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    TypesToProcess         = @('lib/SocketTools.Types.ps1xml')
    FormatsToProcess       = @('lib/SocketTools.Format.ps1xml')
    CmdletsToExport        = @(
        'Test-TcpPort'
        'Test-UdpPort'
        'Wait-TcpPort'
        'Measure-TcpLatency'
        'Find-OpenPort'
        'Resolve-HostInfo'
        'Resolve-DnsRecord'
        'Get-ServiceByPort'
        'Get-ServiceByName'
        'Get-ProtocolByName'
        'Get-IPAddressInfo'
        'Invoke-RawHttp'
        'Get-TlsInfo'
        'Connect-Socket'
        'Send-SocketData'
        'Receive-SocketData'
        'Disconnect-Socket'
        'Get-SocketConnection'
        'Invoke-SocketRequest'
        'Start-EchoServer'
        'Start-SocketServer'
        'Receive-SocketConnection'
        'Get-SocketServer'
        'Set-SocketServer'
        'Watch-SocketServer'
        'Stop-SocketServer'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @('Stop-EchoServer')
    PrivateData            = @{
        PSData = @{
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first release: ports, names, DNS, raw HTTP, TLS, connections byte by byte, test servers with faults. CHANGELOG.md in the package tells all of it, by cmdlet.'
            Tags         = @('socket', 'tcp', 'udp', 'port', 'scan', 'latency', 'dns', 'tls', 'certificate', 'http', 'echo', 'server', 'network', 'Pester', 'Windows', 'Linux', 'MacOS', 'PSEdition_Desktop', 'PSEdition_Core')
        }
    }
}
