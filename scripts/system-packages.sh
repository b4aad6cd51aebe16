#!/usr/bin/env bash
# Sees to the programs that Python packages cannot bring: Tesseract with Vietnamese, Poppler, and for the tests fonts and a browser.
# Installs them where it may (apt-get as root or through a sudo that asks nothing); else prints the one line to run.
#   system-packages.sh [--tests]
set -u

for_tests=no
[ "${1:-}" = "--tests" ] && for_tests=yes

missing=()
wanted=()
need() { # need WHAT-IS-MISSING APT-PACKAGE...
  missing+=("$1")
  shift
  wanted+=("$@")
}

if ! command -v tesseract >/dev/null 2>&1; then
  need "tesseract" tesseract-ocr tesseract-ocr-eng tesseract-ocr-vie
else
  languages=$(tesseract --list-langs 2>/dev/null)
  grep -qx vie <<<"$languages" || need "Tesseract's Vietnamese" tesseract-ocr-vie
  grep -qx eng <<<"$languages" || need "Tesseract's English" tesseract-ocr-eng
fi
command -v pdftoppm >/dev/null 2>&1 || need "pdftoppm" poppler-utils
if [ "$for_tests" = yes ]; then
  have_font() { find -L /usr/share/fonts /usr/local/share/fonts -name "$1" 2>/dev/null | grep -q .; }
  have_font 'DejaVuSans.ttf' || need "the DejaVu fonts" fonts-dejavu-core
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
    || need "Chromium" chromium
fi
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Missing on this machine: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')."
as_root=(env)
may_install=no
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ]; then
    may_install=yes
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    may_install=yes
    as_root=(sudo -n env)
  fi
fi

if [ "$may_install" = yes ]; then
  install=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${wanted[@]}")
  echo "Installing: ${wanted[*]}"
  # The package lists of a new machine are empty or old: fetch them only where the first try fails.
  "${install[@]}" >/dev/null 2>&1 && exit 0
  "${as_root[@]}" apt-get update -q >/dev/null && "${install[@]}" && exit 0
  echo "apt-get could not install them; see above." >&2
  exit 1
fi

cat >&2 <<'TEXT'
They must be installed by somebody who may. Run the one line of your system, then the same make again:
  Debian, Ubuntu:  sudo apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-eng poppler-utils fonts-dejavu-core chromium
  Fedora:          sudo dnf install tesseract tesseract-langpack-vie tesseract-langpack-eng poppler-utils dejavu-sans-fonts dejavu-serif-fonts chromium
  Arch:            sudo pacman -S tesseract tesseract-data-vie tesseract-data-eng poppler ttf-dejavu chromium
  macOS:           brew install tesseract tesseract-lang poppler && brew install --cask font-dejavu chromium
TEXT
exit 1
