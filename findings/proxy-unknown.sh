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
getent group postdrop >/dev/null || groupadd --system postdrop
getent passwd postfix >/dev/null || useradd --system --user-group --no-create-home postfix
root=$folder/root
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
cp "$root/usr/share/postfix/dynamicmaps.cf" "$folder/config/"
cat >>"$folder/config/main.cf" <<MAIN
daemon_directory = $root/usr/lib/postfix/sbin
command_directory = $root/usr/sbin
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/mail.log
maillog_file_prefixes = $folder
import_environment = MAIL_CONFIG LD_LIBRARY_PATH
export_environment = MAIL_CONFIG LD_LIBRARY_PATH
myhostname = server.test
mydestination = server.test
mynetworks =
inet_interfaces = 127.0.0.1
alias_maps =
alias_database =
smtpd_tls_security_level = none
smtpd_discard_ehlo_keywords = size,vrfy,etrn,enhancedstatuscodes,dsn,smtputf8,chunking
smtpd_upstream_proxy_protocol = haproxy
smtpd_peername_lookup = no
MAIN
cat >"$folder/config/master.cf" <<MASTER
127.0.0.1:$port inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
rewrite unix - - n - - trivial-rewrite
anvil   unix - - n - 1 anvil
proxymap unix - - n - - proxymap
MASTER
mkdir -p "$folder/data" "$folder/queue/pid" "$folder/queue/public" "$folder/queue/private"
for name in active bounce corrupt defer deferred flush hold incoming saved trace maildrop; do
    mkdir -p "$folder/queue/$name"
done
chown -R postfix "$folder/data" "$folder/queue"
chown root "$folder/queue" "$folder/queue/pid"
chgrp postdrop "$folder/queue/public" "$folder/queue/maildrop"
chmod 710 "$folder/queue/public"
chmod 730 "$folder/queue/maildrop"
LD_LIBRARY_PATH=$root/usr/lib/postfix:$(echo "$root"/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH
"$root/usr/lib/postfix/sbin/master" -c "$folder/config" -s >"$folder/output" 2>&1 &
master=$!
trap 'kill "$master" 2>/dev/null; wait "$master" 2>/dev/null || true; rm -rf "$folder"' EXIT
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys
import time

SECOND = b"\r\n\r\n\0\r\nQUIT\n"
HEADERS = {
    "v1 addresses": b"PROXY TCP4 192.0.2.1 198.51.100.2 4711 25\r\n",
    "v1 UNKNOWN": b"PROXY UNKNOWN\r\n",
    "v2 LOCAL": SECOND + b"\x20\0\0\0",
}


def connected():
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        except OSError:
            time.sleep(0.1)
    raise SystemExit("nobody listens")


for name, header in HEADERS.items():
    with connected() as client, client.makefile("rb") as stream:
        client.sendall(header)
        print(f"{name}: {stream.readline().decode().rstrip()}")
PYTHON
env -u LD_LIBRARY_PATH python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
v1 addresses: 220 server.test ESMTP Postfix
v1 UNKNOWN: 421 4.3.0 server.test Server local error
v2 LOCAL: 220 server.test ESMTP Postfix
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
