#!/usr/bin/env bash
# packaging/nginx.conf.example in front of the program: proxy.sh BINARY
# nginx runs the example with only its ports, paths and host changed, first in front of an echo that shows what arrives, then of the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
binary=$1
folder=$(mktemp -d)
chmod 755 "$folder"
finish() {
  trap - EXIT INT TERM
  local children
  children=$(jobs -p)
  if [[ -n $children ]]; then kill $children 2>/dev/null || true; wait $children 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM
export PATH=$PATH:/usr/sbin
host=participer.example.org
read -r plain secure back echo_port < <(python3 -c '
import socket
held = [socket.socket() for _ in range(4)]
for one in held: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))')
passed=0 failed=0

# check WORDS COMMAND…: passes when the command succeeds.
check() {
  local words=$1
  shift
  if "$@"; then passed=$(( passed + 1 )); echo "passed  $words"; else failed=$(( failed + 1 )); echo "FAILED  $words"; fi
}
has() { grep -qiE -- "$1" "$folder/answer"; }
lacks() { ! grep -qiE -- "$1" "$folder/answer"; }
ask() { curl -sS --max-time 30 -i --insecure --resolve "$host:$secure:127.0.0.1" --resolve "$host:$plain:127.0.0.1" "$@" >"$folder/answer" 2>&1 || true; }
page="https://$host:$secure"

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$host" -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>/dev/null

# Starts nginx with the example in front of the port $1.
start_nginx() {
  {
    echo "daemon off; pid $folder/nginx.pid; error_log $folder/error.log; events {}"
    if (( $(id -u) == 0 )); then echo "user www-data;"; fi
    echo "http { access_log off; client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/1; uwsgi_temp_path $folder/2; scgi_temp_path $folder/3;"
    sed -e "s#127.0.0.1:8080#127.0.0.1:$1#" -e '/listen \[::\]/d' -e "s#listen 80;#listen 127.0.0.1:$plain;#" -e "s#listen 443 #listen 127.0.0.1:$secure #" \
      -e "s#/etc/ssl/isegoria#$folder#" packaging/nginx.conf.example
    echo "}"
  } >"$folder/nginx.conf"
  nginx -q -t -c "$folder/nginx.conf" 2>"$folder/words" || { cat "$folder/words"; return 1; }
  nginx -c "$folder/nginx.conf" 2>/dev/null &
  nginx=$!
  for _ in $(seq 50); do if curl -s -o /dev/null "http://127.0.0.1:$plain/"; then return 0; fi; sleep 0.1; done
  return 1
}

# What nginx sends on.
python3 - "$echo_port" <<'PYTHON' &
import http.server, sys
class Echo(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{self.requestline}\n{self.headers}".encode()
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_POST = do_GET
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
PYTHON
echo_process=$!
for _ in $(seq 100); do if curl -s -o /dev/null "http://127.0.0.1:$echo_port/"; then break; fi; sleep 0.1; done
check "nginx takes the example" start_nginx "$echo_port"
ask "$page/fr/x?y=1" -H 'X-Forwarded-For: 6.6.6.6' -H 'X-Forwarded-Proto: http' -H 'Forwarded: for=6.6.6.6'
check "a request arrives" has '^HTTP/[0-9.]+ 200'
check "the path arrives as it was asked" has '^GET /fr/x\?y=1 '
check "the host arrives" has "^Host: $host"
check "a claimed address does not arrive" lacks '6\.6\.6\.6'
check "the visitor's address arrives" has '^X-Forwarded-For: 127\.0\.0\.1.?$'
check "the scheme arrives, once" test "$(grep -ci '^X-Forwarded-Proto: https' "$folder/answer") $(grep -ci '^X-Forwarded-Proto' "$folder/answer")" = "1 1"
check "nginx does not tell its version" lacks '^server: nginx/'
ask "http://$host:$plain/fr/x"
check "plain http leads to https" has "^Location: https://$host/fr/x"
ask "$page/metrics" --interface 127.0.0.1
check "counters are open to this machine" has '^HTTP/[0-9.]+ 200'
head -c 12582912 /dev/zero >"$folder/most"
{ cat "$folder/most"; echo; } >"$folder/more"
ask "$page/fr/x" -H 'Expect:' --data-binary "@$folder/most"
check "12 MB pass" has '^HTTP/[0-9.]+ 200'
ask "$page/fr/x" -H 'Expect:' --data-binary "@$folder/more"
check "a byte more than 12 MB is refused with 413" has '^HTTP/[0-9.]+ 413'
check "half a request is cut after 15 s" python3 - "$plain" <<'PYTHON'
import socket, sys, time
start = time.monotonic()
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=25) as one:
    one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    while one.recv(4096): pass
sys.exit(0 if 10 < time.monotonic() - start < 22 else 1)
PYTHON
kill "$nginx" "$echo_process"
wait "$nginx" "$echo_process" 2>/dev/null || true

# The program behind it.
export ISEGORIA_DATA=$folder/data ISEGORIA_PORT=$back ISEGORIA_PUBLIC_URL=https://$host ISEGORIA_TRUSTED_PROXIES=127.0.0.1
"$binary" organization create town --host "$host" >/dev/null
"$binary" serve >"$folder/log" 2>&1 &
for _ in $(seq 100); do if curl -sf -o /dev/null "http://127.0.0.1:$back/health/live"; then break; fi; sleep 0.1; done
check "nginx starts in front of the program" start_nginx "$back"
ask "$page/health/live"
check "the program answers through nginx" has '^HTTP/[0-9.]+ 200'
ask "$page/fr" --compressed
check "a page arrives" has '^HTTP/[0-9.]+ 200'
check "it is compressed, by the program" has '^content-encoding: gzip'
check "it holds browsers to https" has '^strict-transport-security: max-age=31536000'
check "its links stay on the public address" lacks "127\.0\.0\.1:|http://$host"
ask "$page/fr/sign-in" -H "Origin: $page" --data 'email=amina@example.org'
check "cookies are bound to the host and to https" test "$(grep -ci '^set-cookie:' "$folder/answer")" = "$(grep -ciE '^set-cookie: __Host-.*; Secure' "$folder/answer")"
ask "$page/fr/sign-in" -H 'Sec-Fetch-Site: cross-site' -H 'Origin: https://evil.example' --data 'email=amina@example.org'
check "a form from elsewhere is refused" has '^HTTP/[0-9.]+ 403'
ask "$page/" -H 'Host: evil.example'
check "an unknown host is not served" has '^HTTP/[0-9.]+ (421|404)'
ask "$page/fr/no-such-page"
check "no page tells a version or a path" lacks "nginx/|hummingbird|swift|$folder"
echo "$passed passed, $failed failed"
(( failed == 0 ))
