#!/usr/bin/env bash
# Runs test classes of a built test program on Windows, each in a process of its own, and prints a line a class and what failed.
#
#   classes.sh TESTS.dll [CLASS...]
#
# CLASS is a name without its namespace, and * stands for anything in it; all classes unless given. What tests/Windows/excluded.txt
# lists is left out. Ends with 1 when a test failed, and with 77 when there is nothing to run it on (see setup.sh).
# LIMIT sets the seconds that a class may take (300), LOGS a folder that keeps what each class wrote.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

[ $# -gt 0 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ -d "$windows/prefix" ] || { echo "no Windows in $windows; setup.sh makes it" >&2; exit 77; }
program=$(readlink -f "$1") || exit 2
shift
[ $# -gt 0 ] || set -- '*'
if [ -n "${LOGS:-}" ]; then
    mkdir -p "$LOGS" && logs=$(cd "$LOGS" && pwd) || exit 2
else
    logs=$(mktemp -d)
    trap 'rm -rf "$logs"' EXIT
fi
"$tools/executable.sh" "$program" || exit 2
# What tests start as a process of its own.
for other in "$repository"/tests/SocketTools.ScanHost/bin/*/net10.0/SocketTools.ScanHost.dll; do
    [ ! -f "$other" ] || "$tools/executable.sh" "$other" || exit 2
done
cd "$(dirname "$program")" || exit 2

# Which classes there are, .NET of this system says as well, and sooner.
methods=$(dotnet "$program" -list methods | tr -d '\r' | sed 's/^[^:]*: //' | grep '^SocketTools\.') || exit 2
classes=$(sed 's/\.[^.]*$//' <<<"$methods" | sort -u)
passed=0 failed=0 skipped=0
without=()
name=$(basename "$program" .dll)
for kind in class method; do
    for excluded in $(excluded_names "$kind ${name%.NetStandard}"); do
        without+=("-$kind-" "*.$excluded")
        if ! grep -qE "\.$excluded(\$|\.)" <<<"$methods"; then
            echo "tests/Windows/excluded.txt lists a $kind that is not there: $excluded"
            failed=$((failed + 1))
        fi
    done
done

for wanted in "$@"; do
    found=0
    while read -r class; do
        # shellcheck disable=SC2053
        [[ ${class##*.} == $wanted ]] || continue
        found=1
        log=$logs/$class.log
        timeout -k 5 "${LIMIT:-300}" "$tools/wine.sh" "$(basename "${program%.dll}.exe")" -noLogo -noColor -maxThreads 2 \
            -class "$class" "${without[@]}" </dev/null >"$log" 2>&1
        code=$?
        sed -i 's/\r$//' "$log"
        summary=$(grep -E ' Total: [0-9]+' "$log" | tail -n 1)
        count() { sed -n "s/.*$1: \([0-9]*\).*/\1/p" <<<"$summary"; }
        if [ -z "$summary" ]; then
            echo "$class: did not end well (exit code $code)"
            tail -n 20 "$log"
            failed=$((failed + 1))
            # What a class that did not end has left behind would disturb the next.
            "$tools/wine.sh" wineserver -k
            continue
        fi
        if [ "$(count Total)" = 0 ]; then
            echo "$class: left out"
            continue
        fi
        wrong=$(($(count Failed) + $(count Errors))) left=$(count Skipped)
        # What has ended with another code, with all its tests passed, has failed too.
        [ "$code" -eq 0 ] || [ "$wrong" -gt 0 ] || wrong=1
        good=$(($(count Total) - $(count Failed) - left - $(count 'Not Run')))
        echo "$class: $good passed, $wrong failed, $left skipped"
        [ "$wrong" -eq 0 ] || awk '/\[FAIL\]/ { on = 1 } /\[SKIP\]|\[FINISHED\]|^ *=== / { on = 0 } on' "$log" | head -n 200
        passed=$((passed + good)) failed=$((failed + wrong)) skipped=$((skipped + left))
    done <<<"$classes"
    [ "$found" = 1 ] || { echo "no class is named $wanted"; failed=$((failed + 1)); }
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
