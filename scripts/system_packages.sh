#!/usr/bin/env bash
# What the tests want of the system: a browser, a serif with all Vietnamese letters, what PDF is drawn with, a PostgreSQL server.
# Installs the missing ones when root or with sudo; otherwise names them. Never fails: what is missing is skipped, loudly.
set -uo pipefail
missing=() faster=()
# the browser without windows does the same at two fifths of the work; any other will do
if ! command -v chromium-headless-shell >/dev/null; then
  { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null &&
    faster+=(chromium-headless-shell) || missing+=(chromium-headless-shell)
fi
fc-list 2>/dev/null | grep -q 'LiberationSerif' || ls /usr/share/fonts/truetype/liberation2/ >/dev/null 2>&1 || missing+=(fonts-liberation2)
libraries=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null)
for one in libpango-1.0:libpango-1.0-0 libpangoft2-1.0:libpangoft2-1.0-0 libharfbuzz-subset:libharfbuzz-subset0; do
  grep -q "${one%%:*}\.so" <<<"$libraries" || missing+=("${one##*:}")
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ $((${#missing[@]} + ${#faster[@]})) -eq 0 ] && { echo "system packages: all here"; exit 0; }
sudo=()
if [ "$(id -u)" != 0 ]; then sudo -n true 2>/dev/null && sudo=(sudo -n) || sudo=(false); fi
if command -v apt-get >/dev/null && [ "${sudo[*]:-}" != false ]; then
  echo "system packages: installing ${missing[*]} ${faster[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # a server of the system's own is not wanted: the tests start a throw-away one
  "${sudo[@]}" mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | "${sudo[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  "${sudo[@]}" apt-get update -qq >/dev/null
  get(){ [ $# -eq 0 ] || "${sudo[@]}" apt-get install -qq -y --no-install-recommends "$@" >/dev/null; }
  if ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then # older systems have the whole one only
    faster=(); missing=("${missing[@]/#chromium-headless-shell/chromium}")
  fi
  get "${faster[@]}" || echo "system packages: going on without ${faster[*]}"
  get "${missing[@]}" && exit 0
fi
[ ${#missing[@]} -eq 0 ] && { echo "system packages: all here"; exit 0; }
echo "************************************************************************"
echo "* MISSING on this machine: ${missing[*]}"
echo "* What needs them is SKIPPED. To run everything:"
echo "*   sudo apt-get install --no-install-recommends ${missing[*]}"
echo "************************************************************************"
exit 0
