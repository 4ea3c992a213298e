#!/usr/bin/env bash
# Becomes Asterisk, as the user asterisk, in the system it is called in: an image, or the private root (run-asterisk.sh).
# usage: asterisk-foreground.sh CONFIG
set -euo pipefail

exec asterisk -f -U asterisk -G asterisk -C "${1:?usage: asterisk-foreground.sh CONFIG}"
