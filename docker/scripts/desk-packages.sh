#!/usr/bin/env bash
# Installs the desk's npm packages exactly as locked, when the lock file has changed.
# usage: desk-packages.sh
set -euo pipefail

desk="$(cd "$(dirname "$0")/../.." && pwd)/agent_api/desk"
stamp="$desk/node_modules/.installed-from"
now=$(sha256sum "$desk/package-lock.json" | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
  exit 0
fi
log="$desk/../../var/log/desk-packages.log"
mkdir -p "$(dirname "$log")"
(cd "$desk" && npm ci --no-audit --no-fund) >"$log" 2>&1 \
  || { echo "desk-packages: npm ci failed (no network?), see $log" >&2; exit 1; }
printf '%s\n' "$now" >"$stamp"
