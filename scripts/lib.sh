# Shared by the scripts: where things are, and how they speak. Sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Tools that are slow to install are kept outside the checkout, by version, so that a clean checkout finds them.
# shellcheck disable=SC2034
tools=${GRIDPACT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/gridpact/tools}
script=$(basename "$0")

note() { printf '%s: %s\n' "$script" "$*" >&2; }
fail() { note "$*"; exit 1; }

need() { # command, what it is for and how to get it
    command -v "$1" >/dev/null || fail "$1 is missing: $2"
}
