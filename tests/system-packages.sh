#!/bin/sh
# Install the Debian packages some tests use; without the right to, say how. Those tests then skip.
# axe-core checks the pages' accessibility; it comes from npm, where npm is at hand.
if command -v npm >/dev/null 2>&1 && [ ! -f build/node_modules/axe-core/axe.js ]; then
  npm install --silent --no-save --no-audit --no-fund --prefix build axe-core@4.14.1 \
    >/dev/null 2>&1 || echo "Could not fetch axe-core; the accessibility tests are skipped."
fi

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -x "$(command -v tesseract)" ] || missing="$missing tesseract-ocr tesseract-ocr-ara"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not on Debian: install by hand, or the tests that need them are skipped:$missing"
  exit 0
fi
sudo=""
if [ "$(id -u)" != 0 ]; then
  if sudo -n true 2>/dev/null; then sudo="sudo -n"; else
    echo "To run every test, install:  sudo apt-get install$missing"
    exit 0
  fi
fi
echo "Installing$missing (Debian packages, once) …"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends $missing; } \
  >/dev/null 2>&1 || echo "Could not install$missing; the tests that need them are skipped."
exit 0
