#!/usr/bin/env bash
# Writes requirements-dev.lock anew: the newest packages that pyproject.toml allows, at exact versions.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$(bash scripts/find-python.sh)" -m venv "$scratch/env"
pip=("$scratch/env/bin/python" -m pip --disable-pip-version-check)
"${pip[@]}" install --quiet --upgrade 'pip>=25.1'
# hatchling and editables build the package itself, without a network, once they are here.
"${pip[@]}" install --quiet --group dev . hatchling editables
{
  echo "# Everything the tests and checks need, at the versions they were last run with. Written by scripts/lock.sh."
  "${pip[@]}" freeze --exclude vnreport-ocr
} >"$scratch/lock"
mv "$scratch/lock" requirements-dev.lock
