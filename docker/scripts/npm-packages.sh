#!/usr/bin/env bash
# Installs the npm packages of a folder exactly as locked, when its lock file has changed.
# usage: npm-packages.sh FOLDER
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder="$project/${1:?usage: npm-packages.sh FOLDER}"
stamp="$folder/node_modules/.installed-from"
now=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
  exit 0
fi
log="$project/var/log/npm-$(basename "$folder").log"
mkdir -p "$(dirname "$log")"
(cd "$folder" && npm ci --no-audit --no-fund) >"$log" 2>&1 \
  || { echo "npm-packages: npm ci failed in $1 (no network?), see $log" >&2; exit 1; }
printf '%s\n' "$now" >"$stamp"
