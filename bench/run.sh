#!/usr/bin/env bash
# Measures Fodfæste beside its peers on this machine: the cube, the indicators, a plan's
# status, the law, the first page, the plan page and a citizen's page under load, the desk,
# citizens' own pages, the
# forecasts, the search, the assignment. Prints one table and writes it to docs/benchmarks.md.
# Smaller: ROWS=2000000 CITIZENS=100000 RUNS=5 bench/run.sh
# Again in part, beside what was measured before: PARTS="status pages" bench/run.sh
# The packs of all 98 municipalities: PARTS=municipalities bench/run.sh
# The job titles, written to docs/matching.md: PARTS=titles bench/run.sh
# The forecasts with AutoARIMA on every area, too (an hour and a half):
# PARTS=forecast ALL_AREAS=1 bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."

ROWS=${ROWS:-20000000}
CITIZENS=${CITIZENS:-1000000}
STATUS_CITIZENS=${STATUS_CITIZENS:-50000}
RUNS=${RUNS:-5}
THREADS=${THREADS:-"1 2"}
FOLDER=${FOLDER:-var/bench}
POPULATION=${POPULATION:-29000}
PYTHON=${PYTHON:-.venv/bin/python}
DESK_POPULATION=${DESK_POPULATION:-75000}
# Citizens who are on their own pages at the same time.
USERS=${USERS:-200}
EVENTS=${EVENTS:-20000}
# One resident in so many for the packs of all municipalities, which are a part of their own: all
# residents would be 54 GB of registers, a fifth is 11 GB and 20 minutes to make up.
SHARE=${SHARE:-5}
PARTS=${PARTS:-"cube indicators law status pages desk me packs forecast search assignment ranking"}
# Published monthly figures, which are not shipped.
SERIES=${SERIES:-../shared/data/jobindsats}
# Sets of titles with their right answers, which are not shipped either.
TITLES=${TITLES:-../shared/data}
DOCUMENTS=${DOCUMENTS:-50000}
PACK_POPULATION=${PACK_POPULATION:-50000}
PLAN=herlev-2024-2025
OURS=${OURS:-.build/release/fodfaeste}
BENCH=${BENCH:-.build/release/fodfaeste-bench}

mkdir -p "$FOLDER"
FOLDER=$(cd "$FOLDER" && pwd)
servers=()
stop_servers() {
    for server in "${servers[@]:-}"; do [ -z "$server" ] || kill "$server" 2>/dev/null || true; done
}
trap stop_servers EXIT
[ -n "${SKIP_BUILD:-}" ] || swift build -c release --product fodfaeste-bench
await() {
    for port in "$@"; do
        for _ in $(seq 100); do
            curl -s -o /dev/null "http://127.0.0.1:$port/" && break
            sleep 0.2
        done
    done
}
cookie_of() {
    curl -s -o /dev/null -D - -d "role=$1" "http://127.0.0.1:8080/sign-in" |
        sed -n 's/^[Ss]et-[Cc]ookie: \(session=[^;]*\).*/\1/p' | head -1
}
cat /proc/loadavg >"$FOLDER/load.txt"
wanted() { [[ " $PARTS " == *" $1 "* ]]; }

if wanted cube; then
    echo "== The cube: $ROWS spells"
    "$BENCH" cube --rows "$ROWS" --runs "$RUNS" --folder "$FOLDER/cube" >"$FOLDER/cube.jsonl"
    # shellcheck disable=SC2086 # several threads
    "$PYTHON" bench/peers/cube.py "$FOLDER/cube" --runs "$RUNS" --threads $THREADS \
        --variants natural difference difference-streaming >>"$FOLDER/cube.jsonl"

    # Ours again, because a machine that others use may be slow for minutes at a stretch.
    "$BENCH" cube --rows "$ROWS" --runs "$RUNS" >>"$FOLDER/cube.jsonl"
    # A quarter of the size, to see how time and memory grow.
    "$BENCH" cube --rows "$((ROWS / 4))" --runs "$RUNS" >"$FOLDER/cube-quarter.jsonl"
fi

if wanted indicators; then
    echo "== The indicators: $CITIZENS citizens"
    # Large blocks go back to the system as soon as they are free, so that the memory shown is
    # the memory in use.
    export MALLOC_MMAP_THRESHOLD_=131072
    "$BENCH" indicators --citizens "$CITIZENS" --runs "$RUNS" --folder "$FOLDER/register" \
        >"$FOLDER/indicators.jsonl"
    "$BENCH" indicators --citizens "$((CITIZENS / 4))" --runs "$RUNS" \
        >"$FOLDER/indicators-quarter.jsonl"
    unset MALLOC_MMAP_THRESHOLD_
    for peer in duckdb polars; do
        # shellcheck disable=SC2086
        "$PYTHON" bench/peers/indicators.py "$FOLDER/register" --first 2021M01 --months 60 \
            --runs "$RUNS" --threads $THREADS --peers "$peer" --out "$FOLDER" \
            >>"$FOLDER/indicators.jsonl"
        for variant in natural prepared; do
            equal="$FOLDER/equal-$peer-$variant.txt"
            "$PYTHON" bench/peers/compare.py "$FOLDER/register/ours.csv" \
                "$FOLDER/$peer-$variant.csv" >"$equal" || echo "some cells differ: $equal"
        done
    done
fi

if wanted law; then
    echo "== The law: $CITIZENS citizens"
    "$BENCH" law --citizens "$CITIZENS" --what-if-citizens "$STATUS_CITIZENS" --runs "$RUNS" \
        --folder "$FOLDER/law" >"$FOLDER/law.jsonl"
    "$PYTHON" bench/peers/law_openfisca.py "$FOLDER/law" --runs "$RUNS" \
        --out "$FOLDER/law/openfisca.csv" >>"$FOLDER/law.jsonl"
    for file in ours openfisca; do tr -d '\r' <"$FOLDER/law/$file.csv" | sort >"$FOLDER/law/$file.sorted"; done
    if cmp -s "$FOLDER/law/ours.sorted" "$FOLDER/law/openfisca.sorted"; then
        wc -l <"$FOLDER/law/ours.sorted" >"$FOLDER/law/equal.txt"
    else
        rm -f "$FOLDER/law/equal.txt"
        echo "some answers differ: $FOLDER/law/*.sorted"
    fi
fi

if wanted status; then
    echo "== A plan's status: $STATUS_CITIZENS citizens"
    "$BENCH" status --citizens "$STATUS_CITIZENS" plans/*.yaml >"$FOLDER/status.jsonl"
fi

if wanted pages; then
    echo "== The plan page"
    database="$FOLDER/plan-$POPULATION.sqlite"
    [ -f "$database" ] || "$OURS" simulate --population "$POPULATION" --database "$database"
    "$OURS" plan status "plans/$PLAN.yaml" --database "$database" --as-of 2025-12-31 \
        --format json >"$FOLDER/status.json"
    "$PYTHON" bench/peers/page_table.py "$database" "$FOLDER/peers.sqlite" "$FOLDER/status.json" \
        "$PLAN"
    "$PYTHON" bench/first_page.py "$RUNS" "from starting the program to the signed-in start page" \
        http://127.0.0.1:8090/ "$OURS" demo --database "$database" --port 8090 >"$FOLDER/first.jsonl"
    "$PYTHON" bench/first_page.py "$RUNS" "from make run to the plan page with its figures" \
        "http://127.0.0.1:8090/plan/$PLAN" make -s run PORT=8090 DATABASE="$database" \
        >>"$FOLDER/first.jsonl"
    "$OURS" demo --database "$database" --port 8080 >"$FOLDER/ours.log" 2>&1 &
    servers+=($!)
    PLAN_DATABASE="$FOLDER/peers.sqlite" "$PYTHON" -m uvicorn --app-dir bench/peers fastapi_app:app \
        --workers 2 --no-access-log --port 8001 >"$FOLDER/fastapi.log" 2>&1 &
    servers+=($!)
    PLAN_DATABASE="$FOLDER/peers.sqlite" "$PYTHON" -m gunicorn --chdir bench/peers --workers 2 \
        --threads 4 -b 127.0.0.1:8002 flask_app:app >"$FOLDER/flask.log" 2>&1 &
    servers+=($!)
    await 8080 8001 8002
    COOKIE="$(cookie_of manager)" RUNS="$RUNS" bench/pages.sh "http://127.0.0.1:8080/plan/$PLAN" \
        "http://127.0.0.1:8001/plan/$PLAN" "http://127.0.0.1:8002/plan/$PLAN" | tee "$FOLDER/pages.txt"
    stop_servers
    servers=()
fi

if wanted desk; then
    echo "== The desk: $DESK_POPULATION residents, a citizen with $EVENTS registrations"
    database="$FOLDER/desk-$DESK_POPULATION.sqlite"
    [ -f "$database" ] || "$OURS" simulate --population "$DESK_POPULATION" --database "$database"
    "$BENCH" desk --database "$database" --events "$EVENTS" | tee "$FOLDER/desk-citizen.json"
    citizen=$(sed -n 's/.*"citizen": \([0-9]*\).*/\1/p' "$FOLDER/desk-citizen.json")
    "$OURS" demo --database "$database" --port 8080 >"$FOLDER/ours.log" 2>&1 &
    servers+=($!)
    await 8080
    "$PYTHON" bench/desk_latency.py http://127.0.0.1:8080 "$citizen" "$RUNS" |
        tee "$FOLDER/desk.jsonl"
    # The peers on the same file, beside it.
    CITIZEN_DATABASE="$database" "$PYTHON" -m uvicorn --app-dir bench/peers fastapi_citizen:app \
        --workers 2 --no-access-log --port 8001 >"$FOLDER/fastapi.log" 2>&1 &
    servers+=($!)
    CITIZEN_DATABASE="$database" "$PYTHON" -m gunicorn --chdir bench/peers --workers 2 \
        --threads 4 -b 127.0.0.1:8002 django_citizen:application >"$FOLDER/django.log" 2>&1 &
    servers+=($!)
    await 8001 8002
    page="citizens/$citizen?purpose=Sagsbehandling"
    cookie=$(cookie_of caseworker)
    "$PYTHON" bench/peers/same_events.py "http://127.0.0.1:8080/$page" \
        "http://127.0.0.1:8001/$page" "http://127.0.0.1:8002/$page" --cookie "$cookie"
    COOKIE="$cookie" RUNS="$RUNS" CONNECTIONS=16 bench/pages.sh "http://127.0.0.1:8080/$page" \
        "http://127.0.0.1:8001/$page" "http://127.0.0.1:8002/$page" |
        tee "$FOLDER/citizen-pages.txt"
    stop_servers
    servers=()
fi

if wanted me; then
    echo "== Citizens' own pages: $DESK_POPULATION residents, $USERS users"
    database="$FOLDER/desk-$DESK_POPULATION.sqlite"
    [ -f "$database" ] || "$OURS" simulate --population "$DESK_POPULATION" --database "$database"
    "$OURS" demo --database "$database" --port 8080 >"$FOLDER/ours.log" 2>&1 &
    servers+=($!)
    await 8080
    "$PYTHON" bench/citizen_load.py http://127.0.0.1:8080 "$database" "$USERS" 15 |
        tee "$FOLDER/citizen-load.jsonl"
    stop_servers
    servers=()
fi

if wanted packs; then
    echo "== The management information: Hillerød"
    database="$FOLDER/packs-$PACK_POPULATION.sqlite"
    [ -f "$database" ] || "$OURS" simulate --municipality 0219 --population "$PACK_POPULATION" \
        --database "$database"
    statistics=("$SERIES"/municipal_*.csv)
    [ ! -f "${statistics[0]}" ] || "$OURS" import statistics "${statistics[0]}" \
        --municipality 0219 --database "$database" >/dev/null
    "$OURS" demo --municipality 0219 --database "$database" --port 8080 >"$FOLDER/ours.log" 2>&1 &
    servers+=($!)
    await 8080
    "$PYTHON" bench/pack_latency.py http://127.0.0.1:8080 "$RUNS" | tee "$FOLDER/packs.jsonl"
    stop_servers
    servers=()
fi

if wanted municipalities; then
    echo "== The management information of all municipalities, one resident in $SHARE"
    registers="$FOLDER/municipalities-$SHARE"
    statistics=("$SERIES"/municipal_*.csv)
    mkdir -p "$registers"
    "$PYTHON" bench/municipalities.py "$SHARE" >"$registers/list.txt"
    while read -r code residents; do
        database="$registers/$code.sqlite"
        [ ! -f "$database" ] || continue
        "$OURS" simulate --municipality "$code" --population "$residents" \
            --database "$database.part" >/dev/null
        [ ! -f "${statistics[0]}" ] || "$OURS" import statistics "${statistics[0]}" \
            --municipality "$code" --database "$database.part" >/dev/null
        mv "$database.part" "$database"
    done <"$registers/list.txt"
    whole=()
    database="$FOLDER/packs-$PACK_POPULATION.sqlite"
    [ ! -f "$database" ] || whole=("$database" "$PACK_POPULATION")
    "$PYTHON" bench/all_packs.py "$OURS" "$registers" "$RUNS" "${whole[@]}" |
        tee "$FOLDER/municipalities.jsonl"
fi

if wanted forecast && [ ! -d "$SERIES" ]; then
    echo "== The forecasts: skipped, since $SERIES is not there"
elif wanted forecast; then
    echo "== The forecasts: some 25 minutes without the peers' forecasts of an earlier run"
    # 24 areas by every peer, all areas by those that are quick enough.
    everywhere="AutoETS AutoTheta SeasonalNaive"
    [ -z "${ALL_AREAS:-}" ] || everywhere="AutoARIMA $everywhere"
    backtest=("$PYTHON" bench/peers/forecast_backtest.py "$SERIES"/municipal_*.csv --ours "$OURS"
        --cache "$FOLDER/forecasts")
    "${backtest[@]}" --runs "$RUNS" --out "$FOLDER/forecast.jsonl"
    # shellcheck disable=SC2086 # several peers
    "${backtest[@]}" --runs 1 --areas all --peers $everywhere --out "$FOLDER/forecast-all.jsonl"
fi

if wanted titles; then
    echo "== The titles: ranked beside BM25, edit distance and runs of letters"
    "$PYTHON" bench/peers/titles.py "$TITLES" --ours "$OURS" --document docs/matching.md
fi

if wanted search; then
    echo "== The search: $DOCUMENTS documents"
    texts="$FOLDER/search-$DOCUMENTS"
    cvs="$FOLDER/search-cvs-$((2 * DOCUMENTS))"
    [ -f "$texts/queries.txt" ] ||
        "$PYTHON" bench/peers/texts.py "$texts" --documents "$DOCUMENTS"
    [ -f "$cvs/queries.txt" ] ||
        "$PYTHON" bench/peers/texts.py "$cvs" --documents "$((2 * DOCUMENTS))" --words 120 --seed 2
    "$BENCH" search --folder "$texts" --runs "$RUNS" --answers >"$FOLDER/search.jsonl"
    "$PYTHON" bench/peers/search.py "$texts" --runs "$RUNS" >>"$FOLDER/search.jsonl"
    # Ours again, because a machine that others use may be slow for minutes at a stretch.
    "$BENCH" search --folder "$texts" --runs "$RUNS" >>"$FOLDER/search.jsonl"
    "$BENCH" search --folder "$cvs" --runs "$RUNS" --single >"$FOLDER/search-cvs.jsonl"
fi

if wanted ranking; then
    echo "== The ranking of candidates"
    "$BENCH" ranking >"$FOLDER/ranking.jsonl"
fi

if wanted assignment; then
    echo "== The assignment"
    [ -f "$FOLDER/assignment/contested.txt" ] ||
        "$PYTHON" bench/peers/assignment.py make "$FOLDER/assignment"
    : >"$FOLDER/assignment.jsonl"
    for _ in 1 2; do
        "$BENCH" assignment --folder "$FOLDER/assignment" --runs "$RUNS" \
            >>"$FOLDER/assignment.jsonl"
        "$PYTHON" bench/peers/assignment.py run "$FOLDER/assignment" --runs "$RUNS" \
            >>"$FOLDER/assignment.jsonl"
    done
fi

"$PYTHON" bench/report.py "$FOLDER" docs/benchmarks.md >"$FOLDER/report.md"
cat "$FOLDER/report.md"
# Below the mark stands the latest run, above it what the rows mean.
sed -i '/^<!-- measured -->$/q' docs/benchmarks.md
cat "$FOLDER/report.md" >>docs/benchmarks.md
