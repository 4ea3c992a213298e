#!/usr/bin/env bash
# Runs a command in a network of its own: every port is free, nothing leaves the machine, and WebRTC media works on
# loopback (198.18.0.1 is the address Asterisk offers as 127.0.0.1, see rtp.conf.tmpl).
# usage: in-private-net.sh COMMAND...        (root)
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "in-private-net: needs root: run it with sudo" >&2; exit 1; }
  exec unshare --net "$0" --inside "$@"
fi
shift
ip link set lo up
ip address add 198.18.0.1/32 dev lo
exec "$@"
