#!/usr/bin/env bash
# Makes .venv with the package (editable) and the exact development packages of requirements-dev.lock.
set -eu

venv=$1
python=$(bash scripts/find-python.sh)

# An environment of a Python that has gone or that is too old is made anew.
if ! "$venv/bin/python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
  rm -rf "$venv"
  if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    # Debian and Ubuntu ship Python without the part that makes environments.
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version cannot make environments yet; python$version-venv is missing."
    if [ "$(id -u)" -eq 0 ]; then as_root=(); else as_root=(sudo -n); fi
    if ! { command -v apt-get >/dev/null 2>&1 \
      && { "${as_root[@]}" apt-get install -y -q "python$version-venv" >/dev/null 2>&1 \
        || { "${as_root[@]}" apt-get update -q >/dev/null && "${as_root[@]}" apt-get install -y -q "python$version-venv"; }; }; }; then
      echo "Install it, then run the same make again: sudo apt-get install python$version-venv" >&2
      exit 1
    fi
  fi
  echo "Making $venv with $("$python" --version)"
  "$python" -m venv "$venv"
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1
echo "Installing the Python packages into $venv (once; a minute or two)"
"$venv/bin/python" -m pip install -qq -r requirements-dev.lock
"$venv/bin/python" -m pip install -qq --no-deps --no-build-isolation --editable .
