#!/usr/bin/env bash
# Makes PROGRAM.exe beside each PROGRAM.dll of .NET: the SDK makes it for the system that it runs on alone.
#
#   executable.sh PROGRAM.dll...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

for program in "$@"; do
    # The host has this text (the SHA-256 of "foobar") in the place of the name of what it starts, as the SDK's HostWriter expects it.
    NAME=$(basename "$program") perl -0777 -pe '
        $mark = "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2";
        $name = $ENV{NAME} . "\0" x (length($mark) - length($ENV{NAME}));
        s/$mark/$name/ == 1 or die "no place for the name\n"' "$windows/dotnet/apphost.exe" >"${program%.dll}.exe"
    chmod +x "${program%.dll}.exe"
done
