#!/bin/sh
# Loads each page with wrk, five times for five seconds with 64 connections, and prints
# the medians. Start the servers first and give their pages:
#   bench/pages.sh http://127.0.0.1:8080/... http://127.0.0.1:8001/...
# The pages take turns, so that a busy minute of the machine hits them all. RUNS,
# SECONDS_EACH and CONNECTIONS can be set in the environment, and COOKIE, which is sent.
set -eu

runs=${RUNS:-5}
seconds=${SECONDS_EACH:-5}
connections=${CONNECTIONS:-64}
[ $# -gt 0 ] || { echo "usage: $0 URL ..." >&2; exit 2; }
results=$(mktemp)
trap 'rm -f "$results"' EXIT

for url in "$@"; do
    status=$(curl -s -H "Cookie: ${COOKIE:-}" -o /dev/null \
        -w '%{http_code} %{size_download}' "$url") || status="no answer"
    case $status in
    "200 "*) echo "$url: ${status#200 } bytes" ;;
    *) echo "$url: $status" >&2; exit 1 ;;
    esac
    wrk -t1 -c"$connections" -d2s -H "Cookie: ${COOKIE:-}" "$url" >/dev/null
done

run=1
while [ "$run" -le "$runs" ]; do
    for url in "$@"; do
        wrk -t1 -c"$connections" -d"${seconds}s" -H "Cookie: ${COOKIE:-}" --latency "$url" |
            awk -v url="$url" '
                function ms(text) {
                    if (text ~ /us$/) return text / 1000
                    if (text ~ /ms$/) return text + 0
                    if (text ~ /m$/) return text * 60000
                    return text * 1000
                }
                $1 == "50%" { p50 = ms($2) }
                $1 == "99%" { p99 = ms($2) }
                $1 == "Requests/sec:" { rate = $2 }
                /Socket errors/ { gsub(",", ""); errors += $4 + $6 + $8 + $10 }
                /Non-2xx/ { errors += $NF }
                END { print url, rate, p50, p99, errors + 0 }' >>"$results"
    done
    run=$((run + 1))
done

median() {
    awk -v url="$1" -v field="$2" '$1 == url { print $field }' "$results" | sort -n |
        awk '{ value[NR] = $1 } END {
            print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

printf '%s\t%s\t%s\t%s\t%s\n' requests/s p50_ms p99_ms errors page
for url in "$@"; do
    errors=$(awk -v url="$url" '$1 == url { sum += $5 } END { print sum }' "$results")
    printf '%s\t%s\t%s\t%s\t%s\n' "$(median "$url" 2)" "$(median "$url" 3)" \
        "$(median "$url" 4)" "$errors" "$url"
done
