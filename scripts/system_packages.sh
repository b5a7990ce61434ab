#!/usr/bin/env bash
# What the tests want of the system: a browser, a serif with all Vietnamese letters, what PDF is drawn with, a PostgreSQL server.
# Installs the missing ones when root or with sudo; otherwise names them. Never fails: what is missing is skipped, loudly.
set -uo pipefail
missing=()
{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || missing+=(chromium)
fc-list 2>/dev/null | grep -q 'LiberationSerif' || ls /usr/share/fonts/truetype/liberation2/ >/dev/null 2>&1 || missing+=(fonts-liberation2)
libraries=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null)
for one in libpango-1.0:libpango-1.0-0 libpangoft2-1.0:libpangoft2-1.0-0 libharfbuzz-subset:libharfbuzz-subset0; do
  grep -q "${one%%:*}\.so" <<<"$libraries" || missing+=("${one##*:}")
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && { echo "system packages: all here"; exit 0; }
sudo=()
if [ "$(id -u)" != 0 ]; then sudo -n true 2>/dev/null && sudo=(sudo -n) || sudo=(false); fi
if command -v apt-get >/dev/null && [ "${sudo[*]:-}" != false ]; then
  echo "system packages: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # a server of the system's own is not wanted: the tests start a throw-away one
  "${sudo[@]}" mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | "${sudo[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  "${sudo[@]}" apt-get update -qq >/dev/null
  "${sudo[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "************************************************************************"
echo "* MISSING on this machine: ${missing[*]}"
echo "* What needs them is SKIPPED. To run everything:"
echo "*   sudo apt-get install --no-install-recommends ${missing[*]}"
echo "************************************************************************"
exit 0
