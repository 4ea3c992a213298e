#!/usr/bin/env bash
# Builds the web desk when its sources are newer than the last build. `--is-built` only asks.
# usage: build-desk.sh [--is-built]
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
desk="$project/agent_api/desk"
fail() { printf '%s\n' "build-desk: $*" >&2; exit 1; }

fingerprint() {
  (cd "$desk" && find . \( -name node_modules -o -name dist \) -prune -o -type f -print0 | LC_ALL=C sort -z \
    | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

stamp="$desk/dist/.built-from"
now=$(fingerprint)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
  exit 0
fi
[ "${1:-}" = --is-built ] && exit 1

log="$project/var/log/build-desk.log"
mkdir -p "$(dirname "$log")"
"$project/docker/scripts/npm-packages.sh" agent_api/desk
(cd "$desk" && npm run build) >"$log" 2>&1 || fail "the desk could not be built, see $log"
printf '%s\n' "$now" >"$stamp"
