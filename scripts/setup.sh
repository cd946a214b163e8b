#!/usr/bin/env bash
# Makes .venv ready to run the platform; `setup.sh dev` makes it ready to test it, too. Safe and quick to call again.
set -euo pipefail
cd "$(dirname "$0")/.."
group=${1:-run}

say() { printf '· %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

lock_of() { [ "$1" = dev ] && echo requirements-dev.lock || echo requirements.lock; }
stamp_of() { # GROUP: what the environment was made from
    {
        pwd
        cat requirements-setup.lock "$(lock_of "$1")" scripts/setup.sh shared/pyproject.toml services/*/pyproject.toml
    } | git hash-object --stdin
}
stamped() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.setup-$1" 2>/dev/null)" = "$(stamp_of "$1")" ]; }

# What can be tested can be run: an environment made for tests serves both.
if stamped dev || { [ "$group" = run ] && stamped run; }; then exit 0; fi
if [ -e .venv/.setup-dev ]; then group=dev; fi

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or newer with its venv module was found (python3 is $(python3 --version 2>&1 || echo absent)). \
Install one (on Debian: apt install python3 python3-venv) or name it: PYTHON=/path/to/python3 make …"
}

make_environment() { # a new .venv; also where the checkout has moved, since commands hold its path
    if [ -x .venv/bin/python ] && [ "$(cat .venv/.setup-path 2>/dev/null || pwd)" = "$(pwd)" ]; then return; fi
    local python
    python=$(find_python)
    say "creating .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
    pwd >.venv/.setup-path
}

pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
logged() { "$@" >>.venv/setup.log 2>&1; }
without_uv() { awk '/^[^ ]/ {keep = !/^uv==/} keep' requirements-setup.lock >.venv/setup-without-uv.txt; }

install_installers() { # uv is a quicker pip; where it has no wheel, pip does it all
    say 'installing the installers (uv, hatchling)'
    if logged pip install --only-binary :all: --require-hashes -r requirements-setup.lock; then return; fi
    without_uv
    logged pip install --require-hashes -r .venv/setup-without-uv.txt
}

install() { # pip's arguments
    if [ -x .venv/bin/uv ] && logged .venv/bin/python scripts/uv_like_pip.py pip install --python .venv/bin/python "$@"; then return; fi
    say 'uv could not do it: trying pip, which takes a minute or two longer'
    logged pip install "$@"
}

install_all() {
    local lock member members=()
    lock=$(lock_of "$group")
    for member in shared services/*/; do members+=(-e "./${member%/}"); done
    : >.venv/setup.log
    install_installers
    say "installing $(grep -c '^[a-z].*==' "$lock") packages, pinned by hash ($lock)"
    install --require-hashes -r "$lock"
    say 'installing the commands'
    install --no-deps --no-build-isolation "${members[@]}"
}

make_environment
rm -f .venv/.setup-run .venv/.setup-dev
trap 'rc=$?; [ "$rc" = 0 ] || { { tail -n 20 .venv/setup.log; echo "setup: failed; the whole story is in .venv/setup.log"; } >&2; }' EXIT
install_all
stamp_of "$group" >".venv/.setup-$group"
say "ready: the commands are in .venv/bin"
