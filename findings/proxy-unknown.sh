#!/bin/sh
# PROXY protocol: what Postfix says to a proxy that cannot name its client.
#
# Guess: `PROXY UNKNOWN` is accepted and the connection counts as the proxy's own: section 2.1 of the
#   protocol has a receiver accept it and use the real addresses. So it is for LOCAL in version 2.
# Behaviour of Postfix 3.7.11 (Debian 12): LOCAL of version 2 is accepted, UNKNOWN of version 1 is
#   answered `421 4.3.0 server.test Server local error`, and logged as "bad or missing protocol type".
#   A header of version 1 with addresses is accepted.
#
# smtpd on loopback, three connections; no name is looked up. As root: it makes the system user and
# group that Postfix insists on, where they are missing.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/lib/postfix.sh"
with_postfix pip
with_smtpd "smtpd_discard_ehlo_keywords = size,vrfy,etrn,enhancedstatuscodes,dsn,smtputf8,chunking
smtpd_upstream_proxy_protocol = haproxy
smtpd_peername_lookup = no"
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys

SECOND = b"\r\n\r\n\0\r\nQUIT\n"
HEADERS = {
    "v1 addresses": b"PROXY TCP4 192.0.2.1 198.51.100.2 4711 25\r\n",
    "v1 UNKNOWN": b"PROXY UNKNOWN\r\n",
    "v2 LOCAL": SECOND + b"\x20\0\0\0",
}


for name, header in HEADERS.items():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as client, client.makefile("rb") as stream:
        client.sendall(header)
        print(f"{name}: {stream.readline().decode().rstrip()}")
PYTHON
python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
v1 addresses: 220 server.test ESMTP Postfix
v1 UNKNOWN: 421 4.3.0 server.test Server local error
v2 LOCAL: 220 server.test ESMTP Postfix
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
