# What the scripts of this folder share; they source it.
# shellcheck shell=bash
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$tools/../.." && pwd)

# SOCKETTOOLS_WINDOWS names the folder that holds Wine, .NET and PowerShell: outside of the repository, about 2.5 GB.
windows=${SOCKETTOOLS_WINDOWS:-${XDG_CACHE_HOME:-$HOME/.cache}/socket-tools-windows}
excluded_list=$repository/tests/Windows/excluded.txt

# windows_path PATH: a path of Linux as Windows programs write it; Wine shows the root folder as drive Z.
windows_path() { printf 'Z:%s' "$1" | tr / '\\'; }

# excluded_names KIND: the names of one kind in the list of tests that Wine cannot judge.
excluded_names() { sed -n "s/^$1  *//p" "$excluded_list"; }
