#!/usr/bin/env bash
# The systemd unit is understood by systemd, and leaves little exposed.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The unit names a program and services that need not be on this machine: systemd checks a copy that names what is.
sed -e "s#^ExecStart=.*#ExecStart=/bin/true#" -e '/^Documentation=/d' packaging/isegoria.service >"$folder/isegoria.service"
passed=0 failed=0
if words=$(systemd-analyze verify "$folder/isegoria.service" 2>&1) && ! grep -q 'isegoria.service' <<<"$words"; then
  passed=$(( passed + 1 ))
else
  failed=$(( failed + 1 ))
  echo "FAILED systemd-analyze verify: $words"
fi
# 0 is safe, 10 is not (as a number without its point: 15 is 1.5).
if words=$(systemd-analyze security --offline=true --threshold=20 --no-pager "$folder/isegoria.service" 2>&1); then
  passed=$(( passed + 1 ))
  tail -n 1 <<<"$words"
else
  failed=$(( failed + 1 ))
  echo "FAILED exposure over 2.0: $words"
fi
echo "$passed passed, $failed failed"
(( failed == 0 ))
