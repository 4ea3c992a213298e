#!/usr/bin/env bash
# Runs one Asterisk instance in the foreground, inside the private root, as the user asterisk.
# usage: run-asterisk.sh ROOT CONFIG FOLDER...    (root; each FOLDER is seen at the same path inside)
# The mounts live in a mount namespace of this process alone: when it ends, however it ends, they are gone.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" != --mounted ]; then
  [ "$(id -u)" = 0 ] || { echo "run-asterisk: needs root: run it with sudo" >&2; exit 1; }
  exec unshare --mount --propagation private "$0" --mounted "$@"
fi
shift
root=$1 config=$2
shift 2
mount --bind /proc "$root/proc"
mount --rbind /dev "$root/dev"
for folder in "$scripts" "$@"; do
  mkdir -p "$root$folder"
  mount --bind "$folder" "$root$folder"
done
# Without the host's own name in hosts, pjsip's threads hang in name look-ups and calls stall in Answer().
for file in hosts resolv.conf; do
  [ -e "/etc/$file" ] || continue
  [ -e "$root/etc/$file" ] || : >"$root/etc/$file"
  mount --bind "$(readlink -f "/etc/$file")" "$root/etc/$file"
done
exec chroot "$root" "$scripts/asterisk-foreground.sh" "$config"
