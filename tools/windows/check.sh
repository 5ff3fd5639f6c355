#!/usr/bin/env bash
# A short selection of the tests on Windows: what differs most between the systems, in a few minutes, set-up included.
#
#   check.sh
#
# Makes the Windows when there is none (see setup.sh), and builds what is not built. Ends with 0 when all tests passed, with 1 when one
# failed, and with 77 when the Windows could not be made, for the reason that it prints.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

classes=(
    TcpConnectorTests BlockingConnectTests StreamCallsTests SocketConnectionTests SocketDialerTests
    PortSetTests HostSetTests FailureTests ServicesFileTests SocketServerTests DatagramServerTests
)
suites=(Get-ServiceByPort Wait-TcpPort)

if ! said=$("$tools/setup.sh" 2>&1); then
    echo "no Windows to test on: $(tail -n 1 <<<"$said")"
    exit 77
fi

program=$repository/tests/SocketTools.Core.Tests/bin/Debug/net10.0/SocketTools.Core.Tests.dll
# The module comes with its tests; the other programs need not be built for this.
[ -f "$program" ] || dotnet build "$repository/tests/SocketTools.Core.Tests" -v q -nologo || exit 1
[ -f "$repository/lib/net8.0/SocketTools.dll" ] || dotnet build "$repository/src/SocketTools" -f net8.0 -v q -nologo || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
"$tools/classes.sh" "$program" "${classes[@]}" | tee -a "$log" || code=1
"$tools/pester.sh" "${suites[@]}" | tee -a "$log" || code=1

awk '/^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ { passed += $1; failed += $3; skipped += $5 }
    END { printf "Windows: %d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
exit "$code"
