#!/usr/bin/env bash
# Fetches the libraries that the browser tests load, pinned by hash, into tests/browser/node_modules. Quick, and offline, to call again.
set -euo pipefail
cd "$(dirname "$0")/../tests/browser"

stamp() { cat package.json package-lock.json .npmrc | git hash-object --stdin; }
if [ "$(cat node_modules/.stamp 2>/dev/null)" = "$(stamp)" ]; then exit 0; fi

command -v npm >/dev/null || {
    echo 'browser libraries: npm was not found; install Node.js 20 or newer (on Debian: apt install nodejs npm)' >&2
    exit 1
}
echo '· fetching the libraries of the browser tests (npm ci, tests/browser/package-lock.json)'
npm ci --prefer-offline --no-progress --loglevel=error
stamp >node_modules/.stamp
