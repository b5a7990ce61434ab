#!/usr/bin/env bash
# Set up and run the tests: everything (all), the quick part (check), or long property runs (soak).
set -uo pipefail
cd "$(dirname "$0")/.."
mode=${1:-all}
began=$SECONDS
export PYTHONDONTWRITEBYTECODE=
lanes=()

title(){ echo; echo "==== $* ($((SECONDS - began)) s)"; }
step(){ # NAME, command...: run it, remember how it ended
  local name=$1; shift
  title "$name"
  if "$@"; then echo "ok      $name" >>"$told"; else echo "FAILED  $name" >>"$told"; return 1; fi
}
beside(){ # NAME, command...: run it beside the rest; what it says is shown by `joined`
  local name=$1; shift
  (told=$work/told.$name; "$@") >"$work/said.$name" 2>&1 &
  lanes+=("$!:$name")
}
joined(){ # wait for all that runs beside, show what each said
  local one
  for one in "${lanes[@]}"; do wait "${one%%:*}"; cat "$work/said.${one#*:}"; done
  lanes=()
}

if [ "$mode" != check ]; then title "System packages"; bash scripts/system_packages.sh; fi
title "Environment"
bash scripts/install.sh test || { echo "make test: the environment could not be made"; exit 1; }
export PATH=$PWD/.venv/bin:$PATH
work=$(mktemp -d "${TMPDIR:-/tmp}/danvan-test.XXXXXX")
told=$work/told.0 pg=$work/pg
finish(){
  local one
  for one in "${lanes[@]}"; do pkill -P "${one%%:*}"; kill "${one%%:*}"; done 2>/dev/null
  [ -d "$pg" ] && bash scripts/pg.sh stop "$pg" >/dev/null 2>&1
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
export DANVAN_HOME=$work/home

counted(){ # LABEL, then pytest's arguments: run, keep the closing line as this database's count
  local label=$1 log="$work/$1.log"; shift
  python -m pytest -q -ra --color=no --durations=40 --durations-min=5 -p no:cacheprovider "$@" ${PYTEST:-} 2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  echo "        $label: $(grep -E '[0-9]+ (passed|failed|error)' "$log" | tail -1 | tr -d '=')" >>"$told"
  return "$code"
}

checks(){
  step "Lint: ruff" ruff check .
  step "Format: ruff" ruff format --check --output-format=concise .
  step "Types: mypy --strict" mypy src
  step "Import contracts" lint-imports
  step "Migrations agree with the models" danvan makemigrations --check --dry-run
  step "Settings are understood" danvan check
}

# By the order of files, not by their number of tests: the longest have few and would come last, with one worker idle.
TURNS=(-n 2 --dist loadfile --no-loadscope-reorder)
# Journeys go through pages that ask nothing of a database that other tests do not: they run once, on SQLite's turn. These
# run on both, from a file or a value to the board and the review.
BOTH=" from_file_to_board from_file_to_review value_reaches_the_board "
PLAIN=()
for one in tests/journeys/test_*.py; do
  name=${one##*/test_}
  [[ $BOTH == *" ${name%.py} "* ]] || PLAIN+=("$one")
done

on_sqlite(){
  rm -f .coverage .coverage.*
  step "Tests on SQLite" counted SQLite "${TURNS[@]}" -p tests.lines tests
  coverage combine -q
  [ -n "${PYTEST:-}" ] ||
    step "Coverage: every line of services, selectors, access, law, reading, vietnamese" coverage report
}
on_postgresql(){
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    echo "SKIPPED PostgreSQL: no server is installed here (apt-get install postgresql)" >>"$told"; return
  fi
  chmod 755 "$work"
  local port
  port=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  title "Starting a PostgreSQL of our own on port $port"
  if ! bash scripts/pg.sh start "$pg" "$port"; then
    echo "FAILED  PostgreSQL did not start" >>"$told"; cat "$pg/log" 2>/dev/null; return
  fi
  export DANVAN_DATABASE="postgresql://danvan@127.0.0.1:$port/danvan"
  DJANGO_SETTINGS_MODULE=tests.settings python -m tests.outside # while the other turn reads the tests
  step "Tests on PostgreSQL" counted PostgreSQL "${TURNS[@]}" "${PLAIN[@]/#/--ignore=}" tests
}

case $mode in
  check) checks ;;
  soak) HYPOTHESIS_PROFILE=soak step "Property tests, thousands of examples" counted "soak (SQLite)" -n 2 -m "hypothesis or soak" tests ;;
  all)
    # Each turn waits often: for the browser, a server, the last file of a worker. Side by side no processor does.
    room=$(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo 2>/dev/null || echo 0)
    if [ "${room:-0}" -ge 5000 ]; then
      beside checks checks
      beside postgresql on_postgresql
      on_sqlite
      joined
    else # one after the other where they would not fit
      checks; on_sqlite; on_postgresql
    fi
    ;;
  *) echo "test.sh: all, check or soak"; exit 2 ;;
esac

title "Summary"
cat "$work"/told.*
failed=$(cat "$work"/told.* | grep -c '^FAILED')
if [ "$failed" -gt 0 ]; then echo "make $mode: $failed of the steps above FAILED"; exit 1; fi
echo "make $mode: all passed in $((SECONDS - began)) s"
