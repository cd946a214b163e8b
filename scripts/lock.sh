#!/usr/bin/env bash
# Writes the hash-locked requirements from the pyproject files: requirements.lock runs everything, requirements-dev.lock also tests it,
# requirements-setup.lock installs the two, and services/*/requirements.lock is what one service alone needs (its image holds no more).
# Pins stay as they are while they fit; `lock.sh --upgrade` takes the newest of all.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh dev
ours=(bantin bantin-ingest bantin-extract bantin-index bantin-api bantin-standalone)

compile() { # OUTPUT [OPTION…] SOURCE…
    local output=$1
    shift
    # A lock names versions and hashes of the index alone: wheels that lie about on this machine must not leak in.
    PIP_FIND_LINKS='' .venv/bin/python scripts/uv_like_pip.py pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --no-annotate "${ours[@]/#/--no-emit-package=}" \
        -o "$output" "$@"
    sed -i.previous '/^# The following packages/d; /^# bantin/d; /^# -e /d' "$output"
    rm "$output.previous"
}

members=(shared/pyproject.toml services/*/pyproject.toml)
compile requirements.lock "$@" --all-extras "${members[@]}"
compile requirements-dev.lock "$@" --all-extras --group pyproject.toml:dev -c requirements.lock "${members[@]}"
compile requirements-setup.lock --group pyproject.toml:setup -c requirements-dev.lock
for service in services/*/; do
    compile "${service}requirements.lock" -c requirements.lock "${service}pyproject.toml"
done
