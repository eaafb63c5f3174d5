#!/usr/bin/env bash
# The release build of the program, when anything has changed since the last one.
set -euo pipefail
cd "$(dirname "$0")/.."
program=.build/release/fodfaeste
# What was built last, and with which compiler: planning a build that has nothing to do
# takes ten seconds.
built=.build/release/built-with.txt
compiler=$(readlink -f "$(command -v swift)")
if [ -x "$program" ] && [ "$(cat "$built" 2>/dev/null)" = "$compiler" ] &&
    [ -z "$(find Sources Package.swift -newer "$built" -print -quit)" ]; then
    exit 0
fi
[ -x "$program" ] ||
    echo "The first build takes about 6 minutes on 2 cores; later ones take seconds."
# Dated from before the build, so that what is changed while it runs is built next time.
start=$(mktemp)
trap 'rm -f "$start"' EXIT
rm -f "$built"
swift build -c release --product fodfaeste
printf '%s\n' "$compiler" >"$built"
touch -r "$start" "$built"
