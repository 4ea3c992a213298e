#!/usr/bin/env bash
# Every check that runs no part of the hotline: lint, format, types, import rules, and the desk's own.
set -euo pipefail

cd "$(dirname "$0")/../.."
step() { printf '\033[1m== %s\033[0m\n' "$1"; }

step "ruff"
.venv/bin/ruff check .
.venv/bin/ruff format --check .
step "mypy"
.venv/bin/mypy
step "import rules"
.venv/bin/lint-imports
step "desk"
docker/scripts/npm-packages.sh agent_api/desk
cd agent_api/desk
npm run --silent lint
npm run --silent typecheck
npm run --silent test
