#!/usr/bin/env bash
# Installs Asterisk's packages into the system it runs in: the private root (by install-asterisk.sh) or an image.
# usage: install-asterisk-packages.sh     (root; asterisk-packages.txt beside it)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# A mirror may serve an expired Release file of a moving suite.
echo 'Acquire::Check-Valid-Until "false";' >/etc/apt/apt.conf.d/99valid
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
# A fixed id that no host user has: the installation's files are given to it from outside.
getent group asterisk >/dev/null || groupadd --system --gid 5060 asterisk
getent passwd asterisk >/dev/null \
  || useradd --system --uid 5060 --gid asterisk --home-dir /var/lib/asterisk --shell /usr/sbin/nologin asterisk
apt-get update
mapfile -t packages < <(grep -vE '^\s*(#|$)' "$here/asterisk-packages.txt")
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"
apt-get clean
rm -rf /var/lib/apt/lists/*
chmod 755 /root # a checkout below /root is passed through by the user asterisk; nothing else is in there
