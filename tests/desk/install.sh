#!/bin/sh
# The records are tested on a real PostgreSQL too. Finds one, installs Debian's where that can be done, or says how.
# With REQUIRE_POSTGRES set (as in CI) a machine without one is a failure; else those tests are skipped, and say so.
set -eu

found() { command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1; }

if found; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  echo "Installing PostgreSQL for the tests of the records ..."
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql > /dev/null && found; then exit 0; fi
fi
echo "The tests of the records on PostgreSQL need its server; on Debian and Ubuntu:" >&2
echo "  sudo apt-get install postgresql" >&2
if [ -n "${REQUIRE_POSTGRES:-}" ]; then exit 1; fi
echo "Without it they are tested on SQLite alone." >&2
