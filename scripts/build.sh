#!/usr/bin/env bash
# The release build of the program, saying beforehand when it will take long.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .build/release/fodfaeste ]; then
    echo "The first build takes about 6 minutes on 2 cores; later ones take seconds."
fi
exec swift build -c release --product fodfaeste
