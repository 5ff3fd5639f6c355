BeforeDiscovery {
    $canPack = -not $env:SOCKETTOOLS_MANIFEST -and (Get-Command -Name dotnet -CommandType Application -ErrorAction Ignore)
}

Describe 'The package, in a folder that has nothing of the checkout' -Skip:(-not $canPack) {
    BeforeAll {
        $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").ProviderPath
        $output = Join-Path $TestDrive 'output'
        $printed = dotnet pack (Join-Path $root 'src/SocketTools') --no-build "-p:StageRoot=$output/SocketTools/" "-p:PackageOutputPath=$output/" 2>&1
        $package = Get-Item -Path (Join-Path $output '*.nupkg') -ErrorAction Ignore
        if (-not $package) {
            throw "There is no package: $printed"
        }
        $installed = Join-Path $TestDrive 'modules/SocketTools'
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [System.IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $installed)

        function Invoke-Installed([scriptblock] $Script) {
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $Script -args (Split-Path -Path $installed)
        }
    }

    It 'holds the same files as the staged folder' {
        $staged = Get-Item -Path (Join-Path $output 'SocketTools/*')
        $expected = Get-ChildItem -LiteralPath $staged.FullName -Recurse -File | ForEach-Object { $_.FullName.Substring($staged.FullName.Length) }

        foreach ($file in $expected) {
            Join-Path $installed $file | Should -Exist
        }
    }

    It 'is small' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($package.FullName)
        $own = $archive.Entries | Where-Object { $_.FullName -notmatch '/dns/(?!SocketTools)' }
        $size = ($own | Measure-Object -Property CompressedLength -Sum).Sum
        $archive.Dispose()

        $size | Should -BeLessThan 1.5MB
    }

    It 'is installed by what the README says' {
        $readme = (Get-Content -LiteralPath (Join-Path $root 'README.md') -Raw -Encoding utf8) -replace "`r"
        $lines = [regex]::Match($readme, '(?ms)^```powershell package\n(.*?)^```').Groups[1].Value
        $checkout = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'checkout')).FullName
        $path = Join-Path $TestDrive 'not/there/yet'
        # The first line has been run above; here stands what it leaves.
        Set-Content -LiteralPath (Join-Path $checkout 'build.ps1') -Value 'param([ValidateSet("Package")] [string] $Task)'
        Copy-Item -LiteralPath $output -Destination $checkout -Recurse

        $base = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command {
            $env:PSModulePath = $args[1]
            Set-Location -LiteralPath $args[0]
            . ([scriptblock]::Create($args[2]))
            if (Test-TcpPort localhost 1 -Quiet) { 'open' }
            (Get-Module -Name SocketTools).ModuleBase
        } -args $checkout, $path, $lines

        $base | Should -BeLike (Join-Path $path 'SocketTools*')
    }

    It 'is found by the name of a cmdlet, and works' {
        $state = Invoke-Installed {
            $env:PSModulePath = $args[0]
            $server = Start-EchoServer
            $server | Test-TcpPort | ForEach-Object { "$($_.State) $((Get-Module SocketTools).ModuleBase)" }
            (Get-Command -Module SocketTools -CommandType Cmdlet).Count
        }

        $state[0] | Should -Be "Open $installed"
        $state[1] | Should -Be (Import-PowerShellDataFile -Path (Join-Path $root 'SocketTools.psd1')).CmdletsToExport.Count
    }

    It 'brings its help, its topics and its views' {
        $shown = Invoke-Installed {
            Import-Module (Join-Path $args[0] 'SocketTools')
            (Get-Help Test-TcpPort).Synopsis
            (Get-Help about_SocketTools_States | Out-String).Contains('ConnectionRefused')
            (Test-TcpPort 127.0.0.1 1 | Out-String).Contains('ComputerName')
        }

        $shown[0] | Should -Not -BeLike '*Test-TcpPort*`[*'
        $shown[1] | Should -BeTrue
        $shown[2] | Should -BeTrue
    }

    It 'loads its DNS library from its own folder, on first use' {
        $loaded = Invoke-Installed {
            Import-Module (Join-Path $args[0] 'SocketTools')
            $own = { @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'DnsClient' }) }
            (& $own).Count
            $server = New-Object -TypeName System.Net.Sockets.UdpClient -ArgumentList (New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([ipaddress]::Loopback), 0)
            $answer = [powershell]::Create().AddScript({
                    param($server)
                    $from = $null
                    # The header and the question as they came, and one address.
                    $message = $server.Receive([ref] $from)[0..29]
                    $message[2] = 0x81
                    $message[7] = 1
                    $message[11] = 0
                    $message += 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1
                    $server.Send([byte[]] $message, $message.Count, $from)
                }).AddArgument($server)
            [void] $answer.BeginInvoke()
            (Resolve-DnsRecord example.test A -Server $server.Client.LocalEndPoint).IPAddress
            (& $own).Location
        }

        $loaded[0] | Should -Be 0
        $loaded[1] | Should -Be 127.0.0.1
        $loaded[2] | Should -BeLike "$installed*"
    }

    It 'has a manifest with what a gallery shows' {
        $manifest = Test-ModuleManifest -Path (Join-Path $installed 'SocketTools.psd1')
        $shown = $manifest.PrivateData.PSData

        $manifest.Author, $manifest.Description, $manifest.Copyright | Should -Not -BeNullOrEmpty
        $shown.Tags | Should -Contain 'PSEdition_Core'
        $shown.LicenseUri | Should -BeLike 'https://*'
        $shown.ReleaseNotes | Should -Not -BeNullOrEmpty
        foreach ($file in 'LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.txt') {
            Join-Path $installed $file | Should -Exist
        }
    }

    It 'says in its nuspec what its manifest says' {
        $shown = (Import-PowerShellDataFile -Path (Join-Path $installed 'SocketTools.psd1'))
        [xml] $nuspec = Get-Content -LiteralPath (Join-Path $installed 'SocketTools.nuspec') -Raw
        $metadata = $nuspec.package.metadata

        $metadata.version | Should -Be $shown.ModuleVersion
        $metadata.description | Should -Be $shown.Description
        $metadata.readme | Should -Be 'README.md'
        $metadata.tags -split ' ' | Sort-Object | Should -Be (@('PSModule') + $shown.PrivateData.PSData.Tags | Sort-Object)
    }
}
