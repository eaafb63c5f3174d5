#!/bin/sh
# A private PostgreSQL server for the tests: `start` prints its conninfo, `stop` removes it.
#
#   FODFAESTE_TEST_POSTGRES="$(scripts/postgres-test.sh start)" swift test
#   scripts/postgres-test.sh stop
#
# Nothing is installed: a server already on the machine is used. Its files live in a
# temporary folder whose name is kept in .build/postgres-test (or the file named by
# FODFAESTE_POSTGRES_STATE, so that several can run side by side).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
state=${FODFAESTE_POSTGRES_STATE:-$root/.build/postgres-test}

say() { printf '%s\n' "postgres-test: $*" >&2; }

# PostgreSQL refuses to run as root, so root hands over to the user postgres.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

find_binaries() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
            printf '%s\n' "$folder"
            return
        fi
    done
    found=$(command -v initdb || true)
    if [ -z "$found" ]; then
        say "no PostgreSQL server found (on Debian: apt-get install postgresql)"
        exit 1
    fi
    dirname -- "$found"
}

conninfo() { printf '%s\n' "host=127.0.0.1 port=$1 user=postgres dbname=postgres"; }

# The low end of the range is left to services; above 32768 the system hands out ports itself.
random_port() {
    number=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')
    printf '%s\n' $((20000 + number % 12000))
}

start() {
    if [ -f "$state" ]; then
        { read -r folder && read -r port; } <"$state"
        if as_server "$(find_binaries)/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; then
            conninfo "$port"
            return
        fi
        rm -rf -- "$folder"
        rm -f -- "$state"
    fi
    binaries=$(find_binaries)
    folder=$(mktemp -d -t fodfaeste-postgres.XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    cd "$folder"
    as_server "$binaries/initdb" -D "$folder/data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || {
        cat "$folder/initdb.log" >&2
        rm -rf -- "$folder"
        exit 1
    }

    attempt=0
    while [ "$attempt" -lt 20 ]; do
        attempt=$((attempt + 1))
        port=$(random_port)
        # A port already taken makes the server stop at once; another is tried.
        if as_server "$binaries/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" -o "-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c max_connections=600 \
            -c max_locks_per_transaction=512" \
            start >/dev/null 2>&1; then
            mkdir -p -- "$(dirname -- "$state")"
            printf '%s\n%s\n' "$folder" "$port" >"$state"
            conninfo "$port"
            return
        fi
    done
    say "the server did not start"
    cat "$folder/log" >&2
    rm -rf -- "$folder"
    exit 1
}

stop() {
    if [ ! -f "$state" ]; then
        say "not started from here"
        return
    fi
    { read -r folder && read -r port; } <"$state"
    cd /
    as_server "$(find_binaries)/pg_ctl" -D "$folder/data" -m immediate -w -s stop >/dev/null 2>&1 ||
        say "it had already stopped"
    rm -rf -- "$folder"
    rm -f -- "$state"
}

case "${1:-}" in
start) start ;;
stop) stop ;;
*)
    say "usage: $0 start|stop"
    exit 2
    ;;
esac
