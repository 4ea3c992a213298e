#!/usr/bin/env bash
# Installs Debian packages without starting the services they bring: the hotline runs its own mosquitto and PostgreSQL.
# usage: install-packages.sh PACKAGE...     (root)
set -euo pipefail

fail() { printf '%s\n' "install-packages: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "needs root: run it with sudo"
command -v apt-get >/dev/null || fail "this is not a Debian: install by hand: $*"
log=$(mktemp /tmp/hotline-packages.XXXXXX.log)
export DEBIAN_FRONTEND=noninteractive
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" # dpkg refuses without them, and `su` alone leaves them out

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi

# A dry run first: a package that cannot be had is named before anything is changed.
apt-get update >"$log" 2>&1 || fail "apt-get update failed (no network, or a bad source), nothing was changed; see $log"
for package in "$@"; do
  apt-get install --simulate --no-install-recommends "$package" >>"$log" 2>&1 \
    || fail "the package $package cannot be had from this machine's sources, nothing was changed; see $log"
done
apt-get install -y --no-install-recommends --download-only "$@" >>"$log" 2>&1 \
  || fail "the packages could not be downloaded, nothing was changed; see $log"
apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 || fail "installation failed, see $log"

# Nor shall they start at the next boot and take our ports.
if command -v systemctl >/dev/null; then
  for service in mosquitto postgresql kamailio dovecot clamav-daemon clamav-freshclam; do
    case " $* " in *" $service "*) systemctl disable "$service" >>"$log" 2>&1 || true ;; esac
  done
fi
