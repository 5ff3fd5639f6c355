#!/usr/bin/env bash
# Makes a Windows to test on: Wine 10 of Debian 13 in a folder that programs see as their root, .NET and PowerShell for Windows from
# NuGet packages, and Pester. Needs Debian or a relative of it, root, and the .NET SDK.
#
#   setup.sh
#
# The folder is $SOCKETTOOLS_WINDOWS, or ~/.cache/socket-tools-windows: about 2.5 GB. The first time takes about three minutes;
# what is there already is kept, so that later runs take a second. A part that did not come about leaves nothing behind.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

net=10.0.12 powershell=7.6.9 pester=6.2.0
fail() { echo "setup.sh: $*" >&2; exit 1; }

[ "$(uname -sm)" = 'Linux x86_64' ] || fail 'needs Linux on x64'
[ "$(id -u)" = 0 ] || fail 'needs root, for chroot and mounts'
command -v apt-get >/dev/null || fail 'needs apt-get'
mkdir -p "$windows"
exec 9>"$windows/lock"
flock 9
export DEBIAN_FRONTEND=noninteractive

# Wine. Debian 13 has version 10; the machine may have another Debian.
if [ ! -d "$windows/root" ]; then
    root=$windows/root.new
    rm -rf "$root"
    if ! command -v debootstrap >/dev/null; then
        apt-get install -y -qq --no-install-recommends debootstrap >"$windows/debootstrap.log" 2>&1 ||
            { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >"$windows/debootstrap.log" 2>&1 ||
            fail "debootstrap could not be installed: $(tail -n 1 "$windows/debootstrap.log")"
    fi
    mirror=$(grep -rhoE '^(URIs: |deb (\[.*\] )?)[^ ]*' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
        awk '{ print $NF }' | grep -E '/debian/?$' | head -n 1) || true
    debootstrap --variant=minbase trixie "$root" "${mirror:-http://deb.debian.org/debian}" >"$windows/debootstrap.log" 2>&1 ||
        fail "Debian 13 could not be installed: $(tail -n 1 "$windows/debootstrap.log")"
    cp /etc/resolv.conf "$root/etc/"
    chroot "$root" apt-get install -y -qq --no-install-recommends wine wine64 libgnutls30t64 >"$windows/wine.log" 2>&1 ||
        fail "Wine could not be installed: $(tail -n 1 "$windows/wine.log")"
    chroot "$root" apt-get clean
    # As Windows does: localhost is both of its addresses, and this computer's name is known.
    printf '127.0.0.1 localhost\n::1 localhost\n127.0.0.1 %s\n' "$(uname -n)" >"$root/etc/hosts"
    mv "$root" "$windows/root"
fi

# .NET: the SDK brings no runtime for another system, and NuGet has the parts of one.
if [ ! -d "$windows/dotnet" ]; then
    rm -rf "$windows"/{packages,dotnet.new,pwsh.new}
    mkdir -p "$windows/packages"
    cat >"$windows/packages/packages.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Microsoft.NETCore.App.Runtime.win-x64" Version="[$net]" />
    <PackageDownload Include="Microsoft.AspNetCore.App.Runtime.win-x64" Version="[$net]" />
    <PackageDownload Include="Microsoft.WindowsDesktop.App.Runtime.win-x64" Version="[$net]" />
    <PackageDownload Include="Microsoft.NETCore.App.Host.win-x64" Version="[$net]" />
    <PackageDownload Include="PowerShell" Version="[$powershell]" />
    <PackageDownload Include="Pester" Version="[$pester]" />
  </ItemGroup>
</Project>
XML
    dotnet restore "$windows/packages" -v q >"$windows/restore.log" 2>&1 ||
        fail "the packages could not be had: $(grep -m 1 error "$windows/restore.log" || tail -n 1 "$windows/restore.log")"
    packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //; s,/$,,')

    new=$windows/dotnet.new
    for framework in NETCore AspNetCore WindowsDesktop; do
        from=$packages/microsoft.${framework,,}.app.runtime.win-x64/$net/runtimes/win-x64
        to=$new/shared/Microsoft.$framework.App/$net
        mkdir -p "$to"
        # The folders in it have texts in other languages.
        find "$from" -maxdepth 3 -type f \( -path '*/lib/net10.0/*' -o -path '*/native/*' \) -exec cp -t "$to" {} +
    done
    mkdir -p "$new/host/fxr/$net"
    mv "$new/shared/Microsoft.NETCore.App/$net/hostfxr.dll" "$new/host/fxr/$net"
    cp "$packages/microsoft.netcore.app.host.win-x64/$net/runtimes/win-x64/native/apphost.exe" "$new"

    cp -r "$packages/powershell/$powershell/tools/net10.0/any/win" "$windows/pwsh.new"
    mkdir -p "$windows/pwsh.new/Modules/Pester"
    cp -r "$packages/pester/$pester/tools" "$windows/pwsh.new/Modules/Pester/$pester"
    rm -rf "$windows/pwsh" "$windows/packages"
    mv "$windows/pwsh.new" "$windows/pwsh"
    mv "$new" "$windows/dotnet"
    "$tools/executable.sh" "$windows/pwsh/pwsh.dll"
fi

# The registry and the drives of Windows.
if [ ! -d "$windows/prefix" ]; then
    rm -rf "$windows/prefix.new"
    WINDOWS_PREFIX=$windows/prefix.new timeout -k 5 120 "$tools/wine.sh" wineboot -i >"$windows/prefix.log" 2>&1 9>&- ||
        fail "Wine did not start: $(tail -n 1 "$windows/prefix.log")"
    # It is moved when Wine has ended, and written what it knows.
    WINDOWS_PREFIX=$windows/prefix.new timeout -k 5 60 "$tools/wine.sh" wineserver -w 9>&-
    # What the hosts file of most computers says; Wine's is empty.
    printf '127.0.0.1 localhost\r\n::1 localhost\r\n' >"$windows/prefix.new/drive_c/windows/system32/drivers/etc/hosts"
    mv "$windows/prefix.new" "$windows/prefix"
fi
echo "ready: $windows"
