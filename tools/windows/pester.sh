#!/usr/bin/env bash
# Runs Pester suites in PowerShell for Windows, each in a fresh pwsh, and prints a line a suite and what failed.
#
#   pester.sh [SUITE...]
#
# SUITE is Test-TcpPort and the like; all of tests/Pester unless given. The module must have been built. What tests/Windows/excluded.txt
# lists is left out. Ends with 1 when a test failed, and with 77 when there is nothing to run it on (see setup.sh).
# LIMIT sets the seconds that a suite may take (600); scans of many closed ports are slow on Wine.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

[ -d "$windows/prefix" ] || { echo "no Windows in $windows; setup.sh makes it" >&2; exit 77; }
suites=$repository/tests/Pester
[ $# -gt 0 ] || set -- $(cd "$suites" && printf '%s\n' *.Tests.ps1 | sed 's/\.Tests\.ps1$//' | grep -vxFf <(excluded_names suite))
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
cd "$repository" || exit 2

passed=0 failed=0 skipped=0
for suite in "$@"; do
    report=$files/$suite.txt screen=$files/$suite.screen
    # PowerShell writes to a console, and Wine has one only where there is a terminal.
    command=$(printf '%q ' timeout -k 5 "${LIMIT:-600}" "$tools/wine.sh" "$(windows_path "$windows/pwsh/pwsh.exe")" -NoProfile -NonInteractive \
        -ExecutionPolicy Bypass -File "$(windows_path "$tools/RunSuite.ps1")" -Suite "$suite" -Report "$(windows_path "$report")")
    script -qec "$command" /dev/null >"$screen" 2>&1 </dev/null
    code=$?
    [ ! -f "$report" ] || sed -i 's/\r$//; s/^\xef\xbb\xbf//' "$report"
    if ! counts=$(head -n 1 "$report" 2>/dev/null) || [ "$code" -ne 0 ] || [ "${counts#0 passed, 0 failed}" != "$counts" ]; then
        echo "$suite: ran no test, or did not end well (exit code $code)"
        sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g; s/\r$//' "$screen" | tail -n 20
        failed=$((failed + 1))
        # What a suite that did not end has left behind would disturb the next.
        "$tools/wine.sh" wineserver -k
        continue
    fi
    echo "$suite: $counts"
    tail -n +2 "$report"
    read -r good _ wrong _ left _ <<<"$counts"
    passed=$((passed + good)) failed=$((failed + wrong)) skipped=$((skipped + left))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
