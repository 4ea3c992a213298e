#!/usr/bin/env bash
# Installs the Python packages exactly as locked into .venv, with the system's Python.
# usage: python-packages.sh run|test
set -euo pipefail

cd "$(dirname "$0")/../.."
options=(--frozen)
# what tests need stays when it is there
[ "${1:-}" = run ] && options+=(--inexact --no-dev)
export UV_PYTHON_DOWNLOADS=never
uv sync --quiet "${options[@]}"
