#!/usr/bin/env bash
# Every test, in four lanes beside each other, each in a network of its own: journeys by telephone mostly wait for speech.
# What failed is tried once more, alone (DECISIONS 10).
# usage: run-tests.sh [PYTEST ARGUMENT...]     with arguments: one run of just these     (root)
set -euo pipefail
cd "$(dirname "$0")/../.."
logs=var/tests
mkdir -p "$logs"

suite() { # NAME PYTEST-ARGUMENT...
  local name=$1
  shift
  docker/scripts/in-private-net.sh .venv/bin/pytest -m "not benchmark" -o cache_dir=".pytest_cache/$name" "$@"
}

if [ "$#" -gt 0 ]; then
  suite chosen "$@" || { echo "== what failed, once more ==" && suite chosen --last-failed --last-failed-no-failures none "$@"; }
  exit
fi

telephony() { printf 'tests/telephony/test_%s.py ' "$@"; }
declare -A suites=(
  [parts]="tests/unit tests/contract tests/replay tests/component"
  [floor]=$(telephony waiting waiting_ways callback routing recording recording_sides call_control phone_transfer supervision listening_on)
  [desks]=$(telephony agent_life desk_control)
  [nodes]=$(telephony nodes)
  [menus]=$(telephony walk menu message keys fax forgotten_password last_words entry)
  [calls]="$(telephony faults dunning notice inbound directory_faults password_trip) tests/browser"
)
lanes=("parts" "floor desks nodes" "menus" "calls")
covered=$(printf '%s\n' ${suites[@]} | grep -c tests/telephony/ || true)
[ "$covered" = "$(ls tests/telephony/test_*.py | wc -l)" ] || { echo "run-tests: a file of tests/telephony is in no suite" >&2; exit 2; }

lane() { # SUITE... one after the other: each has a line of its own, and some leave theirs as another one must not find it
  local name
  for name; do
    # shellcheck disable=SC2086
    suite "$name" ${suites[$name]} >"$logs/$name.log" 2>&1 || touch "$logs/$name.failed"
  done
}

rm -f "$logs"/*
for names in "${lanes[@]}"; do
  # shellcheck disable=SC2086
  lane $names &
done
echo "running: ${!suites[*]} (about half an hour; follow them in $logs)"
while [ -n "$(jobs -rp)" ]; do
  sleep 30
  for log in "$logs"/*.log; do printf '  %s: %s\n' "$(basename "$log" .log)" "$(tail -n 1 "$log" | cut -c1-110)"; done
done

failed=()
for name in "${!suites[@]}"; do
  [ -e "$logs/$name.failed" ] && failed+=("$name")
  echo "== $name ==" && tail -n 40 "$logs/$name.log"
done
for name in "${failed[@]}"; do
  echo "== $name: what failed, once more alone =="
  # shellcheck disable=SC2086
  suite "$name" --last-failed --last-failed-no-failures none ${suites[$name]} || exit 1
done
