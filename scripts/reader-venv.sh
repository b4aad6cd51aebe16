#!/usr/bin/env bash
# Makes an environment with PyTorch for `make reader` and `make reader-test`; nothing else needs it.
#   reader-venv.sh FOLDER
# On Debian and Ubuntu PyTorch is the system's (python3-torch, without a GPU); elsewhere, and for a GPU, name a Python
# that has it: make reader READER_PYTHON=/path/to/python (it needs the package and rapidfuzz, onnxruntime, trueocr).
set -eu

venv=$1
python=/usr/bin/python3
if ! "$python" -c 'import torch' >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    echo "Installing PyTorch of the system (python3-torch, some minutes)"
    install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-torch python3-venv)
    "${install[@]}" >/dev/null 2>&1 || { apt-get update -q >/dev/null && "${install[@]}" >/dev/null; }
  else
    echo "PyTorch is missing. Install it (Debian, Ubuntu: sudo apt-get install python3-torch python3-venv), or name a Python" >&2
    echo "that has it: make reader READER_PYTHON=/path/to/python" >&2
    exit 1
  fi
fi
rm -rf "$venv"
"$python" -m venv --system-site-packages "$venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1
# A PyTorch that was built for NumPy 1 takes no arrays of NumPy 2.
"$venv/bin/python" -m pip install -qq "numpy>=1.26,<2" "opencv-python-headless<4.12" "pytest>=8.2" "trueocr>=0.1.1,<0.2" onnxruntime
"$venv/bin/python" -m pip install -qq -e .
