#!/usr/bin/env bash
# Put everything the product needs into .venv: a Python environment, the locked libraries, the built assets, `danvan`.
# usage: scripts/install.sh [test]      `test` adds what the tests need; the larger set is kept once it is there
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:-}
export UV_COMPILE_BYTECODE=1 UV_NO_PROGRESS=1
unset VIRTUAL_ENV
say(){ echo "install: $*"; }
fail(){ echo "install: $*" >&2; exit 1; }

python=${PYTHON:-python3}
command -v "$python" >/dev/null || fail "no $python here; install Python 3.11 or newer (apt-get install python3)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old: 3.11 or newer is needed (PYTHON=/path/to/python3.11 make install)"

new_environment(){
  if "$python" -c 'import ensurepip' 2>/dev/null; then "$python" -m venv .venv; return; fi
  say "this Python cannot make environments by itself (ensurepip is missing; Debian keeps it in python3-venv)"
  if command -v uv >/dev/null; then say "using uv"; uv venv --quiet --python "$python" .venv; return; fi
  if "$python" -m virtualenv --version >/dev/null 2>&1; then say "using virtualenv"; "$python" -m virtualenv -q .venv; return; fi
  if "$python" -m pip --version >/dev/null 2>&1; then
    say "using the pip that is here"; "$python" -m venv --without-pip .venv; return
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing python3-venv"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv >/dev/null
    "$python" -m venv .venv; return
  fi
  fail "please run: sudo apt-get install python3-venv    then make install again"
}
if [ ! -x .venv/bin/python ]; then rm -rf .venv; new_environment; fi

if [ -x .venv/bin/uv ]; then uv=.venv/bin/uv
elif command -v uv >/dev/null; then uv=uv
else
  pip=(.venv/bin/python -m pip); .venv/bin/python -c 'import pip' 2>/dev/null || pip=("$python" -m pip --python .venv/bin/python)
  "${pip[@]}" install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
  uv=.venv/bin/uv
fi

sums(){ cat "$@" | sha256sum | cut -d' ' -f1; }
runtime=$(sums requirements.lock); full=$(sums requirements-test.lock)
have=$(cat .venv/.synced 2>/dev/null || true)
lock=""
if [ "$wanted" = test ]; then [ "$have" = "$runtime $full" ] || lock=requirements-test.lock
elif [ "${have%% *}" != "$runtime" ]; then lock=requirements.lock; fi
if [ -n "$lock" ]; then
  rm -f .venv/.synced
  "$uv" pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode "$lock"
  if [ "$lock" = requirements-test.lock ]; then echo "$runtime $full"; else echo "$runtime"; fi > .venv/.synced
fi

# The project itself, editable. Building it builds the assets; the build's own libraries are locked too.
if [ -n "$lock" ] || [ ! -x .venv/bin/danvan ] || [ pyproject.toml -nt .venv/bin/danvan ]; then
  rm -f .venv/bin/danvan
  "$uv" pip install --quiet --python .venv/bin/python --no-deps --reinstall-package danvan \
    --build-constraints requirements-build.lock -e .
fi
.venv/bin/python scripts/build_messages.py
if command -v node >/dev/null; then .venv/bin/python scripts/build_assets.py
else # Node from its wheel: only the build environment has it
  "$uv" pip install --quiet --python .venv/bin/python --no-deps --reinstall-package danvan \
    --build-constraints requirements-build.lock -e .
fi
say "done: .venv/bin/danvan"
