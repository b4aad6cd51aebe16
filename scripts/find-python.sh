#!/usr/bin/env bash
# Prints the first Python on this machine that is new enough; VNOCR_PYTHON names one outright.
set -u
for name in "${VNOCR_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14 python; do
  [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
  if "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    "$name" -c 'import sys; print(sys.executable)'
    exit 0
  fi
done
echo "No Python 3.11 or newer was found. Install one, or name it: make VNOCR_PYTHON=/path/to/python3.12 ..." >&2
exit 1
