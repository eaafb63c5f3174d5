#!/usr/bin/env bash
# Every check that reads the sources without building them. All of them run,
# so that one reading shows everything there is to mend.
set -uo pipefail
cd "$(dirname "$0")/.."
failures=0
longest=450

check() {
    local name=$1
    shift
    if "$@"; then echo "lint: $name: ok"; else
        echo "lint: $name: FAILED" >&2
        failures=$((failures + 1))
    fi
}

swift_format() { swift format lint --strict --recursive Package.swift Sources Tests; }

file_lengths() {
    find Sources -name '*.swift' -exec awk -v longest="$longest" '
        FNR == longest + 1 { print FILENAME ": longer than " longest " lines"; found = 1 }
        END { exit found }' {} +
}

nothing_forced() { ! grep -rnE --include='*.swift' '\btry!|\bas!|\bfatalError\(' Sources; }

nothing_left_open() { ! grep -rnE --include='*.swift' '\b(TODO|FIXME|XXX|HACK)\b' Sources Tests; }

shell_syntax() {
    local file
    for file in .ci/run scripts/*.sh; do bash -n "$file" || return 1; done
}

python_syntax() { .venv/bin/python -m compileall -q scripts Tests/Browser; }

check "formatting" swift_format
check "file lengths" file_lengths
check "nothing forced" nothing_forced
check "nothing left open" nothing_left_open
check "shell syntax" shell_syntax
check "Python syntax" python_syntax
check "Danish spelling" .venv/bin/python scripts/spellcheck.py
check "links" .venv/bin/python scripts/links.py
[ "$failures" -eq 0 ]
