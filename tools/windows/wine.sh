#!/usr/bin/env bash
# Runs a Windows program under Wine, in the folder that setup.sh has made. Its mounts are its own, and end with it.
#
#   wine.sh PROGRAM.exe [ARGUMENT...]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

export WINEPREFIX=${WINDOWS_PREFIX:-$windows/prefix} WINEDEBUG=${WINEDEBUG:--all} XDG_RUNTIME_DIR=/tmp
DOTNET_ROOT=$(windows_path "$windows/dotnet")
export DOTNET_ROOT PSExecutionPolicyPreference=Bypass POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
unset DISPLAY WINEDLLOVERRIDES

case ${1:-} in
    '') echo 'usage: wine.sh PROGRAM.exe [ARGUMENT...]' >&2; exit 2 ;;
    wineboot | wineserver) ;;
    *) set -- wine "$@" ;;
esac
# shellcheck disable=SC2016
exec unshare --mount -- sh -c '
root=$1 windows=$2 repository=$3 here=$4
shift 4
for folder in /proc /dev /tmp "$windows" "$repository" "$here"; do
    mkdir -p "$root$folder"
    mount --rbind "$folder" "$root$folder"
done
exec chroot "$root" env -C "$here" "$@"' sh "$windows/root" "$windows" "$repository" "$PWD" "$@"
