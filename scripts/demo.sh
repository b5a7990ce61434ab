#!/usr/bin/env bash
# Prepare the demonstration's own home and hand over to `danvan demo`, which builds the data and serves.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/danvan setup
exec .venv/bin/danvan demo "$@"
