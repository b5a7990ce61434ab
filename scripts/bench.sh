#!/usr/bin/env bash
# Run one benchmark; no name tells which there are.
# usage: scripts/bench.sh NAME      ON=postgresql: on a server of its own, thrown away after; SMALL=1 where it knows it
# KEEP=DIR: what was built stays there, and the next run of the ledger uses it again
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:-}
home=${DANVAN_HOME:-$PWD/.bench}; mkdir -p "$home"
bash scripts/install.sh test >/dev/null
[ -z "${KEEP:-}" ] || { mkdir -p "$KEEP"; KEEP=$(realpath "$KEEP"); export KEEP; }
if [ "$name" = reporting ]; then # beside pandas, which nothing else here needs: kept apart from what is tested
  libraries=$home/libraries; sum=$(sha256sum requirements-bench.lock | cut -d' ' -f1)
  if [ "$(cat "$libraries/.sum" 2>/dev/null)" != "$sum" ]; then
    rm -rf "$libraries"
    if .venv/bin/uv pip install --quiet --python .venv/bin/python --target "$libraries" --no-deps --require-hashes \
      -r requirements-bench.lock; then echo "$sum" > "$libraries/.sum"
    else echo "bench: pandas could not be installed; the rest is measured without it" >&2; fi
  fi
  export PYTHONPATH=$libraries${PYTHONPATH:+:$PYTHONPATH}
fi
if [ "${ON:-}" = postgresql ]; then
  if ! ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; then
    echo "bench: no PostgreSQL server here (apt-get install postgresql)" >&2; exit 1
  fi
  if [ -n "${KEEP:-}" ]; then server=$KEEP; else server=$(mktemp -d); fi
  chmod 755 "$server"
  port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  trap 'bash scripts/pg.sh stop "$server/data" >/dev/null 2>&1 || true; [ -n "${KEEP:-}" ] || rm -rf "$server"' EXIT
  bash scripts/pg.sh start "$server/data" "$port" >&2
  export DANVAN_DATABASE=postgresql://danvan@127.0.0.1:$port/danvan
fi
DANVAN_HOME=$home DANVAN_LOG_LEVEL=error .venv/bin/python -m bench $name
