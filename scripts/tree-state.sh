#!/usr/bin/env bash
# Prints a fingerprint of every file of the project and of the programs the tests use. Equal prints mean that
# a run of the tests would only repeat the last one.
set -u
{
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard
  else
    find . -type f -not -path './.venv/*' -not -path '*/__pycache__/*' -not -path './.*_cache/*' -print0
  fi | sort -zu | xargs -0 sha256sum 2>/dev/null
  tesseract --version 2>&1 | head -n 1
  pdftoppm -v 2>&1 | head -n 1
  "${1:-python3}" --version 2>&1
} | sha256sum | cut -d ' ' -f 1
