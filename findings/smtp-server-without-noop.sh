#!/bin/sh
# Minimal servers: what msmtpd says to NOOP, RSET and VRFY.
#
# Guess: 250 to NOOP and RSET, at any moment: RFC 5321 4.5.1 names both, and VRFY, among the commands
#   that every server must have; keep-alives and pools of connections send them.
# Behaviour of msmtpd 1.8.23 (Debian 12): it takes only the next step of a delivery. NOOP, RSET and VRFY get
#   `500 Expected MAIL FROM:<addr> or QUIT` and the connection is closed, without 421; behind a recipient
#   RSET and even QUIT get `500 Expected RCPT TO:<addr> or DATA`, and the same end.
#
# msmtpd on loopback, which hands messages to `true`; no name is looked up. As anybody, on Debian 12.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
(cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download \
    msmtp-mta=1.8.23-1 libsecret-1-0 libglib2.0-0 libgcrypt20 libgpg-error0 libpcre2-8-0 libffi8) \
    >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/*.deb; do dpkg -x "$deb" "$folder/root"; done
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
LD_LIBRARY_PATH=$(echo "$folder"/root/usr/lib/*-linux-gnu*):$(echo "$folder"/root/lib/*-linux-gnu*) \
    "$folder/root/usr/bin/msmtpd" --port="$port" --command=true >"$folder/output" 2>&1 &
server=$!
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys
import time

for _ in range(100):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10).close()
        break
    except OSError:
        time.sleep(0.1)
MAIL = ("MAIL FROM:<amy@client.test>", "RCPT TO:<bob@server.test>")
SESSIONS = (("NOOP",), ("RSET",), ("VRFY amy",), (*MAIL, "RSET"), (*MAIL, "QUIT"), ("QUIT",))


def said(stream):
    try:
        return stream.readline().decode().rstrip() or "closed"
    except ConnectionResetError:
        return "closed"


for session in SESSIONS:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as client:
        stream = client.makefile("rb")
        said(stream)
        client.sendall(b"EHLO client.test\r\n")
        while said(stream)[3:4] == "-":
            pass
        for line in session:
            client.sendall(f"{line}\r\n".encode())
            reply = said(stream)
        print(f"{line} as command {len(session) + 1}: {reply}, then {said(stream)}")
PYTHON
python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
NOOP as command 2: 500 Expected MAIL FROM:<addr> or QUIT, then closed
RSET as command 2: 500 Expected MAIL FROM:<addr> or QUIT, then closed
VRFY amy as command 2: 500 Expected MAIL FROM:<addr> or QUIT, then closed
RSET as command 4: 500 Expected RCPT TO:<addr> or DATA, then closed
QUIT as command 4: 500 Expected RCPT TO:<addr> or DATA, then closed
QUIT as command 2: 221 Bye, then closed
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
