#!/usr/bin/env bash
# Installs what is missing, and only that.
#   scripts/setup.sh runtime   what building and running need
#   scripts/setup.sh test      that, and what the tests and benchmarks need
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive

runtime_packages=(libsqlite3-dev libpq-dev libcurl4 libxlsxwriter-dev zlib1g-dev liblemon-dev pkg-config git ca-certificates weasyprint fonts-dejavu-core)
test_packages=(postgresql chromium-headless-shell hunspell hunspell-da python3-venv wrk poppler-utils)

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_missing() {
    local missing=() package as_root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "setup: this is not Debian; make sure that you have the counterparts of: $*"
        return
    fi
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        # -n: without a password prompt, which nobody may be there to answer.
        sudo -n true 2>/dev/null || [ -t 0 ] && command -v sudo >/dev/null ||
            fail "these packages are missing and cannot be installed without root:" \
                "    ${missing[*]}" \
                "run as root: apt-get update && apt-get install -y ${missing[*]}"
        as_root=(sudo --preserve-env=DEBIAN_FRONTEND)
    fi
    echo "setup: installing ${missing[*]}"
    "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update </dev/null ||
        echo "setup: the package lists could not be refreshed; trying with those at hand" >&2
    "${as_root[@]}" apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends \
        "${missing[@]}" </dev/null ||
        fail "apt-get could not install: ${missing[*]}" \
            "check the network and the package sources, then run the same command again"
}

python_environment() {
    cmp -s requirements.txt .venv/installed.txt && return 0
    echo "setup: Python packages for tests and benchmarks into .venv (about a minute)"
    python3 -m venv --clear .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --no-input -r requirements.txt ||
        fail "pip could not install requirements.txt; check the network and run again"
    cp requirements.txt .venv/installed.txt
}

command -v swift >/dev/null || fail "no Swift toolchain on PATH; get 6.2 or newer from swift.org"
case "${1:-runtime}" in
    runtime) install_missing "${runtime_packages[@]}" ;;
    test)
        install_missing "${runtime_packages[@]}" "${test_packages[@]}"
        python_environment
        ;;
    *) fail "usage: scripts/setup.sh runtime|test" ;;
esac
