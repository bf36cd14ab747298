# Shared by ./run and ./test: Debian packages, the Swift version, and one line a step with its time. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
is_terminal=false
if [[ -t 1 ]]; then is_terminal=true; fi

say() { printf '%s\n' "$*"; }

# One line on standard error, then the end.
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# 75 -> "1 min 15 s"
duration() {
  local seconds=$1
  if (( seconds >= 60 )); then printf '%d min %02d s' $(( seconds / 60 )) $(( seconds % 60 )); else printf '%d s' "$seconds"; fi
}

# The packages of one or more sections of scripts/packages.
packages_of() {
  local section
  for section in "$@"; do
    awk -v wanted="[$section]" '/^#/ || !NF { next } /^\[/ { inside = ($0 == wanted); next } inside { print $1 }' "$root/scripts/packages"
  done
}

# Those of them that are not installed.
missing_packages() {
  local package
  packages_of "$@" | while read -r package; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

# Installs what is missing, as root or with sudo; says plainly what is missing when it cannot.
install_packages() {
  local missing as_root=()
  command -v dpkg-query >/dev/null || stop "This script knows Debian 12 only. Install what scripts/packages lists, then build with: scripts/build-release"
  mapfile -t missing < <(missing_packages "$@")
  if (( ${#missing[@]} == 0 )); then return 0; fi
  if (( $(id -u) != 0 )); then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      stop "These Debian packages are missing, and this account may not install them:
  apt-get install ${missing[*]}
Run that as root, then start again."
    fi
  fi
  say "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get -qq update || say "apt-get update failed; trying with the list that is there."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null ||
    stop "apt-get could not install: ${missing[*]}"
}

# Stops unless Swift is there and is at least version $1.$2.
check_swift() {
  local version major minor
  command -v swift >/dev/null || stop "Swift is missing: install version $1.$2 or later from swift.org, and put it on the PATH."
  version=$(swift --version 2>&1 | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
  major=${version%%.*} minor=${version##*.}
  if [[ -z $version ]] || (( major < $1 || (major == $1 && minor < $2) )); then
    stop "Swift $1.$2 or later is needed; this is ${version:-of unknown version}."
  fi
}

# Waits for the process $1 whose output goes to the file $3, showing how far it is and how long it has taken; returns its status.
follow() {
  local process=$1 title=$2 log=$3 start=$SECONDS now last=0 progress status=0
  while kill -0 "$process" 2>/dev/null; do
    sleep 1
    now=$(( SECONDS - start ))
    progress=$(tail -c 2000 "$log" 2>/dev/null | tr '\r' '\n' | grep -oE '^\[[0-9]+/[0-9]+\]|^[0-9]+ of [0-9]+' | tail -n 1 || true)
    if $is_terminal; then
      printf '\r\033[K%s … %s %s' "$title" "$(duration "$now")" "$progress"
    elif (( now - last >= 20 )); then
      last=$now
      say "$title … $(duration "$now") $progress"
    fi
  done
  wait "$process" || status=$?
  if $is_terminal; then printf '\r\033[K'; fi
  return "$status"
}
