#!/usr/bin/env bash
# Installs Asterisk 22 LTS into a private root of its own; the host's libraries stay untouched.
# usage: install-asterisk.sh ROOT     (root; about a minute, 0.8 GB)
# An interrupted run leaves nothing behind: the root is built beside its final place and moved there at the end.
set -euo pipefail

root=${1:?usage: install-asterisk.sh ROOT}
suite=forky            # the Debian suite that carries Asterisk 22 LTS
needed_mb=1500
say() { printf '%s\n' "$*" >&2; }
fail() { say "install-asterisk: $*"; exit 1; }

if [ -x "$root/usr/sbin/asterisk" ] && [ -f "$root/.complete" ]; then
  exit 0
fi
[ "$(id -u)" = 0 ] || fail "needs root: run it with sudo"
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9                # two checkouts may start at once: the second one finds it done
[ -f "$root/.complete" ] && exit 0
free_mb=$(df -Pm "$(dirname "$root")" | awk 'NR==2 {print $4}')
[ "$free_mb" -ge "$needed_mb" ] || fail "$free_mb MB free in $(dirname "$root"), $needed_mb MB needed: free some space or set HOTLINE_CACHE to another disk"

# The mirror the host itself uses, so that a site's own mirror or proxy is honoured.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -E '/debian/?$' | head -n1 || true)
mirror=${mirror:-http://deb.debian.org/debian}

work="$root.partial"
cleanup() {
  umount -l "$work/proc" "$work/dev" 2>/dev/null || true
  [ -d "$work" ] && rm -rf --one-file-system "$work"
  return 0
}
trap cleanup EXIT
cleanup

say "Asterisk 1/3: base system ($suite) from $mirror"
# Debian 12's debootstrap has no script of that name; "sid" is the same recipe.
debootstrap --variant=minbase --include=ca-certificates "$suite" "$work" "$mirror" sid >"$root.log" 2>&1 \
  || fail "debootstrap failed, see $root.log"
mount --bind /proc "$work/proc"
mount --bind /dev "$work/dev"

say "Asterisk 2/3: packages"
mkdir "$work/hotline"
cp "$(dirname "$0")"/{install-asterisk-packages.sh,asterisk-packages.txt} "$work/hotline/"
chroot "$work" /hotline/install-asterisk-packages.sh >>"$root.log" 2>&1 \
  || fail "packages could not be installed, see $root.log"

say "Asterisk 3/3: check"
version=$(chroot "$work" asterisk -V) || fail "the installed Asterisk does not start, see $root.log"
case "$version" in *" 22."*) ;; *) fail "expected Asterisk 22, got: $version" ;; esac
umount "$work/proc" "$work/dev"
printf '%s\n' "$version" >"$work/.complete"
rm -rf --one-file-system "$root"
mv "$work" "$root"
say "$version installed in $root"
