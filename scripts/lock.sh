#!/usr/bin/env bash
# Write the hashed locks again from pyproject.toml and package.json: names, versions, hashes, no addresses.
# usage: scripts/lock.sh [--upgrade]        needs .venv (make install)
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv; [ -x "$uv" ] || uv=uv
compile(){ # OUT, then the arguments of uv pip compile
  local out=$1; shift
  "$uv" pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url \
    --no-emit-find-links --universal --python-version 3.11 "$@" -o "$out"
}
echo 'uv' | compile requirements-bootstrap.lock - "${@}"
printf 'hatchling\nnodejs-wheel-binaries==24.19.0\n' | compile requirements-build.lock - "${@}"
compile requirements.lock pyproject.toml "${@}"
compile requirements-test.lock pyproject.toml --extra test -c requirements.lock "${@}"
echo 'pandas' | compile requirements-bench.lock - -c requirements-test.lock "${@}" # what is measured against
echo 'django-helpdesk==2.6.1' | compile requirements-helpdesk.lock - -c requirements.lock "${@}" # and against, in bench clock
echo 'underthesea==9.5.0' | compile requirements-underthesea.lock - "${@}" # and against, in bench reading
npm install --package-lock-only --ignore-scripts --loglevel=error
if grep -nE '"resolved"|^--(index|extra-index|find)' requirements*.lock package-lock.json; then
  echo "The locks above carry addresses: they would tie a clone to one mirror." >&2; exit 1
fi
