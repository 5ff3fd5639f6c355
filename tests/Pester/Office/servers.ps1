# What runs on the hosts of the office, until the namespace ends.
param([string] $Manifest)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest
$x509 = 'System.Security.Cryptography.X509Certificates'
$authorityKey = [System.Security.Cryptography.ECDsa]::Create()
$request = New-Object -TypeName "$x509.CertificateRequest" -ArgumentList 'CN=Office', $authorityKey, 'SHA256'
$request.CertificateExtensions.Add((New-Object -TypeName "$x509.X509BasicConstraintsExtension" -ArgumentList $true, $false, 0, $true))
$authority = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-900), [DateTimeOffset]::UtcNow.AddDays(900))
[System.IO.File]::WriteAllText('/etc/ssl/certs/office.pem', $authority.ExportCertificatePem())

function New-HostCertificate([string] $Name, [double] $Days) {
    $key = [System.Security.Cryptography.ECDsa]::Create()
    $request = New-Object -TypeName "$x509.CertificateRequest" -ArgumentList "CN=$Name", $key, 'SHA256'
    $names = New-Object -TypeName "$x509.SubjectAlternativeNameBuilder"
    $names.AddDnsName($Name)
    $request.CertificateExtensions.Add($names.Build())
    $certificate = $request.Create($authority, [DateTimeOffset]::UtcNow.AddDays(-80), [DateTimeOffset]::UtcNow.AddDays($Days), [byte[]] (1..8))
    [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($certificate, $key)
}

$page = @{ StatusCode = 200; Header = @{ 'Content-Type' = 'text/plain' }; Body = "It works.`n" }
$null = @(
    Start-SocketServer 5432 Discard -Address 10.0.0.11, 10.0.0.13
    Start-SocketServer 80 -Address 10.0.0.21 @page
    Start-SocketServer 443 -Address 10.0.0.21 @page -Certificate (New-HostCertificate web1 200.5)
    Start-SocketServer 443 -Address 10.0.0.22 @page -Certificate (New-HostCertificate web2 12.5)
    Start-SocketServer 25 -Address 10.0.0.31 -Reply "220 mail1 ESMTP`r`n"
    Start-SocketServer 465 -Address 10.0.0.31 -Reply "220 mail1 ESMTP`r`n" -Certificate (New-HostCertificate mail1 -2.5)
    Start-SocketServer 80 -Address 10.0.0.42 -Per Connection -Reply (
        "HTTP/1.1 200 OK`r`nServer: app2`r`nContent-Length: 4`r`nTransfer-Encoding: chunked`r`n`r`n4`r`nok`r`n`r`n0`r`n`r`n")
    # The office is open.
    Start-SocketServer 9 Discard -Address 127.0.0.1
)
Wait-Event
