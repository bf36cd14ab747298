#!/usr/bin/env bash
# A backup comes back whole, on SQLite and on PostgreSQL; doctor finds nothing wrong, and says what is wrong when something is.
#   Tests/Operations/backup.sh BINARY     ISEGORIA_TEST_POSTGRES names a server, else only SQLite is tried
set -uo pipefail
binary=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() {
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then passed=$(( passed + 1 )); echo "passed  $what"; else failed=$(( failed + 1 )); echo "FAILED  $what"; sed 's/^/    /' "$work/said" | tail -n 12; fi
}
refused() { ! "$@"; }
says() { local words=$1; shift; { "$@" 2>&1 || true; } | grep -F "$words" >/dev/null; }

try() {
  local kind=$1
  export ISEGORIA_DATA=$work/$kind
  mkdir -p "$ISEGORIA_DATA"
  check "$kind: an organization is made" "$binary" organization create alba --host alba.example
  check "$kind: somebody administers it" "$binary" admin create ada@example.org --name Ada
  check "$kind: doctor is content" says "All is well." "$binary" doctor
  check "$kind: it is copied" "$binary" backup "$work/$kind.copy"
  check "$kind: a copy over a copy is refused" refused "$binary" backup "$work/$kind.copy"
  check "$kind: beside the one that has its host it is refused" says "is the address of alba" "$binary" restore "$work/$kind.copy" brest
  check "$kind: it comes back under another name and host" "$binary" restore "$work/$kind.copy" brest --host brest.example
  cp -r "$work/$kind.copy" "$work/$kind.linked"
  ln -s /etc/hostname "$work/$kind.linked/files/link"
  check "$kind: a backup with a link is refused" says "holds no links" "$binary" restore "$work/$kind.linked" crest --host crest.example
  check "$kind: whoever administered it does" "$binary" admin grant ada@example.org moderator --organization brest
  check "$kind: doctor is content with both" says "All is well." "$binary" doctor
  check "$kind: a folder that is no backup is refused, by name" says "is not a backup" "$binary" restore "$work" crest
  check "$kind: a removed one is gone" "$binary" organization remove alba --yes
}

try sqlite
python3 - "$work/sqlite/organizations/brest/organization.sqlite" <<'END'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    database.execute("UPDATE schema_parts SET sql = sql || ' CREATE TABLE other (id INTEGER)' WHERE name LIKE '%Votes.sql'")
END
check "sqlite: doctor tells a database of another version" says "another version of the program" "$binary" doctor
check "sqlite: it is not served" says "another version of the program" timeout 20 "$binary" serve --port 18231
head -c 5000 /dev/urandom >"$work/sqlite/organizations/brest/organization.sqlite"
check "sqlite: doctor says what is wrong with a damaged file" says "brest" "$binary" doctor
if [[ -n ${ISEGORIA_TEST_POSTGRES:-} ]]; then
  export ISEGORIA_POSTGRES=$ISEGORIA_TEST_POSTGRES
  try postgres
fi
echo "$passed passed, $failed failed"
(( failed == 0 ))
