#!/usr/bin/env bash
# All tests, from a clean clone: set up, lint, build, Swift tests on both
# database engines, figures beside those of other programs, browser tests. What was started is stopped, whatever happens.
set -euo pipefail
cd "$(dirname "$0")/.."
logs=.build/test-logs
started=$SECONDS

step() { printf '\n== %s (after %d s)\n' "$1" "$((SECONDS - started))"; }

stop_servers() { scripts/postgres-test.sh stop >/dev/null 2>&1 || true; }
trap stop_servers EXIT
trap 'exit 130' INT TERM

step "1/6 set up"
scripts/setup.sh test
mkdir -p "$logs"

step "2/6 lint"
scripts/lint.sh

step "3/6 build with tests (5 to 10 minutes from a clean clone on 2 cores)"
swift build --build-tests

step "4/6 start PostgreSQL"
FODFAESTE_TEST_POSTGRES=$(scripts/postgres-test.sh start | tail -n 1)
export FODFAESTE_TEST_POSTGRES

# Both suites run even when the first one fails; the exit code remembers.
failed=0
step "5/6 Swift tests"
swift test --skip-build 2>&1 | tee "$logs/swift.log" || failed=1
echo "The use cases once more, on PostgreSQL"
FODFAESTE_TEST_USE_CASES=postgres swift test --skip-build --filter JobcenterTests 2>&1 |
    tee "$logs/cases.log" || failed=1

step "6/6 figures beside other programs', command line and browser tests"
# On three processes, each with servers of its own, because much of it waits; a file stays on one.
.venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations 25 \
    bench/peers Tests/CommandLine Tests/Browser 2>&1 |
    tee "$logs/browser.log" || failed=1

step "done"
printf 'Swift:   %s\n' "$(grep -E 'Test run with [0-9]+ test' "$logs/swift.log" | tail -n 1)"
printf 'Swift, use cases on PostgreSQL: %s\n' \
    "$(grep -E 'Test run with [0-9]+ test' "$logs/cases.log" | tail -n 1)"
printf 'Python:  %s\n' "$(tail -n 1 "$logs/browser.log")"
exit "$failed"
