#!/bin/sh
# Logs of refusals: what Haraka writes of a recipient that it has just refused.
#
# Guess: the line `recipient <...> code=...` of its log tells whether the recipient was accepted.
# Behaviour of Haraka 3.3.4: no plugin wants the recipient, the client is told 550, and the log says
#   code=OK, as for a recipient that was accepted. Without protocol lines the 550 stands in `lr` of the
#   line of disconnect alone, and that keeps only the last refusal of a session.
#
# A Haraka on loopback, two recipients, one of them refused. As anybody, with node and npm; no name is
# looked up.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
haraka=
trap 'test -z "$haraka" || kill "$haraka" 2>/dev/null; rm -rf "$folder"' EXIT
(cd "$folder" && npm install --no-audit --no-fund --ignore-scripts Haraka@3.3.4) >"$folder/npm.log" 2>&1 ||
    { cat "$folder/npm.log"; exit 2; }
run="node $folder/node_modules/Haraka/bin/haraka"
$run -i "$folder/server" >/dev/null 2>&1
cd "$folder/server"
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo "listen=127.0.0.1:$port" >config/smtp.ini
echo server.test >config/me
echo here.test >config/host_list
printf 'rcpt_to.in_host_list\nqueue/test\n' >config/plugins
printf '[main]\nlevel=NOTICE\n' >config/log.ini
echo NOTICE >config/loglevel
$run -c "$folder/server" >"$folder/log" 2>&1 &
haraka=$!
cat >"$folder/ask.py" <<'PYTHON'
import smtplib
import sys
import time

for _ in range(120):
    try:
        client = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "client.test", 30)
        break
    except OSError:
        time.sleep(0.5)
with client:
    client.ehlo()
    client.mail("amy@client.test")
    for recipient in ("bob@here.test", "bob@other.test"):
        print("reply", recipient, client.rcpt(recipient)[0])
PYTHON
seen=$(
    python3 "$folder/ask.py" "$port"
    sleep 2
    sed -n 's/.* recipient <\([^>]*\)> \(code=[A-Z]*\) .*/log   \1 \2/p' "$folder/log"
    sed -n 's/.* disconnect .* \(lr="[0-9]*\) .*/log   \1/p' "$folder/log"
)
expected='reply bob@here.test 250
reply bob@other.test 550
log   bob@here.test code=OK
log   bob@other.test code=OK
log   lr="550'
printf '%s\n' "$seen"
test "$seen" = "$expected"
