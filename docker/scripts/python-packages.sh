#!/usr/bin/env bash
# Installs the Python packages exactly as locked into .venv, with the system's Python, when the lock file has changed.
# usage: python-packages.sh run|test
set -euo pipefail

purpose=${1:?usage: python-packages.sh run|test}
cd "$(dirname "$0")/../.."
now=$(cat uv.lock pyproject.toml | sha256sum | cut -d' ' -f1)
grep -qsx "$purpose $now" .venv/.installed && exit 0

options=(--frozen)
# what tests need stays when it is there
[ "$purpose" = run ] && options+=(--inexact --no-dev)
export UV_PYTHON_DOWNLOADS=never
# compiled once here, so that every process starts fast, also where Python may not write beside the sources
uv sync --quiet --compile-bytecode "${options[@]}"
[ "$purpose" = test ] && printf 'run %s\n' "$now" >.venv/.installed || : >.venv/.installed
printf '%s %s\n' "$purpose" "$now" >>.venv/.installed
