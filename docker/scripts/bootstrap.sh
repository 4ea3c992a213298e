#!/usr/bin/env bash
# Brings a fresh Debian 12/13 to the point where `hotline run` (or the tests) can start. Installs only what is missing.
# usage: bootstrap.sh run|test     (root)
set -euo pipefail

purpose=${1:?usage: bootstrap.sh run|test}
project=$(cd "$(dirname "$0")/../.." && pwd)
scripts="$project/docker/scripts"
cd "$project"
[ -f .env ] && { set -a; . ./.env; set +a; }
cache=${HOTLINE_CACHE:-${XDG_CACHE_HOME:-~/.cache}/hotline}
export HOTLINE_CACHE=$cache
export PATH="$cache/uv/bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin" # `su` alone leaves the last three out
asterisk_root=$cache/$(sed -n 's/^ASTERISK_FOLDER = "\(.*\)"$/\1/p' docker/hotline/defaults.py)
step() { printf '\033[1m%s\033[0m %s\n' "[$1]" "$2"; }
fail() { printf '%s\n' "hotline: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

check() {
  have python3 || fail "python3 is missing: apt-get install python3"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || fail "Python 3.11 or newer is needed, this is $(python3 -V): Debian 12 and 13 have it"
  local module=hotline.preflight
  [ "$purpose" = test ] && module="hotline.preflight no-ports" # the tests have a network of their own
  # shellcheck disable=SC2086
  PYTHONPATH=docker PYTHONDONTWRITEBYTECODE=1 python3 -m $module \
    || fail "not started, nothing was changed; see above"
}

missing_packages() {
  have mosquitto || [ -x /usr/sbin/mosquitto ] || echo mosquitto
  ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc /usr/share/fonts/truetype/wqy/wqy-*hei.ttc 2>/dev/null \
    | grep -q . || echo fonts-wqy-microhei # Chinese words on faxes
  have espeak-ng || echo espeak-ng # speaks the texts of a centre's own prompts
  if [ "$purpose" = test ] || [ "${HOTLINE_NODES:-1}" -gt 1 ]; then # several Asterisk nodes have it in front
    have kamailio || [ -x /usr/sbin/kamailio ] || echo kamailio
    ls /usr/lib/*/kamailio/modules/websocket.so >/dev/null 2>&1 || echo kamailio-websocket-modules
    ls /usr/lib/*/kamailio/modules/tls.so >/dev/null 2>&1 || echo kamailio-tls-modules
  fi
  [ -f "$asterisk_root/.complete" ] || have debootstrap || [ -x /usr/sbin/debootstrap ] || echo debootstrap
  have uv || python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
  if [ "$purpose" = test ] || ! "$scripts/build-desk.sh" --is-built; then
    # Debian 12's node 18.19 is enough; an older one cannot be replaced here
    have node || echo nodejs
    have npm || echo npm
  fi
  [ "$purpose" = test ] || return 0
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
  have chromium || echo chromium
  have fc-list && fc-list | grep -q 'Noto Sans CJK' || echo fonts-noto-cjk
  have sipp || echo sip-tester
  [ -x /usr/sbin/dovecot ] || echo dovecot-imapd # customers' mails in the tests
  [ -x /usr/sbin/clamd ] || echo clamav-daemon # with one signature of the tests' own, none is downloaded
  have sox || echo sox
  have ip || echo iproute2
  ldconfig -p | grep -q 'libatomic\.so\.1 ' || echo libatomic1 # for playwright's driver
}

old_node() {
  have node && ! node -e 'const [a,b]=process.versions.node.split(".").map(Number);
    process.exit(a>=22||(a===20&&b>=9)||(a===18&&b>=19)?0:1)'
}

packages() {
  old_node && fail "node $(node -v) is too old for the desk's build, 18.19 or newer is needed: remove it or upgrade it"
  local wanted
  mapfile -t wanted < <(missing_packages)
  [ "${#wanted[@]}" = 0 ] && return 0
  step 1/4 "system packages: ${wanted[*]}"
  "$scripts/install-packages.sh" "${wanted[@]}"
}

uv_itself() {
  have uv && return 0
  step 2/4 "uv (Python packages), in $cache/uv"
  rm -rf "$cache/uv"
  { python3 -m venv "$cache/uv" && "$cache/uv/bin/pip" install -q 'uv>=0.8,<1'; } >"$cache/uv.log" 2>&1 \
    || { rm -rf "$cache/uv"; fail "uv could not be installed (no network?), see $cache/uv.log"; }
}

python_packages() {
  [ -x .venv/bin/hotline ] || step 2/4 "Python packages, in .venv"
  "$scripts/python-packages.sh" "$purpose" || fail "Python packages could not be installed (no network?); run it again when it is back"
}

mkdir -p "$cache"
check
packages
uv_itself
python_packages
[ "$purpose" = run ] || "$scripts/npm-packages.sh" tests/support/smpp_peer || fail "the SMS centre for the tests could not be installed"
[ -f "$asterisk_root/.complete" ] || step 3/4 "Asterisk 22 LTS, in $asterisk_root (about a minute, once)"
"$scripts/install-asterisk.sh" "$asterisk_root"
"$scripts/build-desk.sh" --is-built || step 4/4 "web desk"
"$scripts/build-desk.sh"
