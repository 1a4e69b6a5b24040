#!/bin/sh
# The page is tested in a real browser. Finds one, installs Debian's where that can be done, or says how.
# With REQUIRE_BROWSER set (as in CI) a machine without one is a failure; else those tests are skipped, and say so.
set -eu

browser() {
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if command -v "$name" > /dev/null; then return 0; fi
  done
  return 1
}

letters() { ! command -v fc-list > /dev/null || fc-list :lang=ja | grep -q .; }

if browser && letters; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  echo "Installing Chromium and Japanese letters for the browser tests ..."
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk fonts-noto-color-emoji > /dev/null
  then exit 0; fi
fi
echo "The browser tests need Chromium (or Chrome) and a Japanese font; on Debian and Ubuntu:" >&2
echo "  sudo apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji" >&2
if [ -n "${REQUIRE_BROWSER:-}" ]; then exit 1; fi
echo "Without them the tests of the page are skipped." >&2
