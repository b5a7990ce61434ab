#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for the tests, owned by an unprivileged user when run as root.
# usage: scripts/pg.sh start|stop DIR PORT
set -euo pipefail
act=$1; dir=$2; port=${3:-55432}
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
run(){ if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
case $act in
start)
  mkdir -p "$dir"; [ "$(id -u)" = 0 ] && chown postgres "$dir"; chmod 700 "$dir"
  if [ ! -s "$dir/PG_VERSION" ]; then
    run "$bin/initdb" -D "$dir" -U danvan --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  fi
  if ! run "$bin/pg_ctl" -D "$dir" status >/dev/null 2>&1; then
    run "$bin/pg_ctl" -D "$dir" -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off" -w -s -l "$dir/log" start
  fi
  run "$bin/createdb" -h 127.0.0.1 -p "$port" -U danvan danvan 2>/dev/null || true;;
stop) run "$bin/pg_ctl" -D "$dir" -m fast -w -s stop;;
esac
