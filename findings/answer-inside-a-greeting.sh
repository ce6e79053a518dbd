#!/bin/sh
# Greetings: what postscreen says to a client that sends EHLO before the greeting is complete.
#
# Guess: with postscreen_greet_action = enforce an early talker is refused, after a whole greeting or
#   instead of it: RFC 5321 3.1 has the greeting first, and 4.2.1 one code for all lines of a reply.
# Behaviour of Postfix 3.7.11 (Debian 12): the first line of the greeting, `220-...`, is followed by the
#   answer to EHLO, `250-...` to `250 ...`, and no `220 ` ever comes. Read by RFC 5321 that is one reply
#   of two codes; a client that goes by the last line takes the greeting for 250, and waits for the
#   answer to its EHLO in vain.
#
# postscreen on loopback, one connection; no name is looked up. As root: it makes the system user and
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
postscreen_greet_action = enforce
postscreen_greet_wait = 2s
postscreen_greet_banner = server.test one moment
postscreen_access_list =
postscreen_cache_map =
MAIN
cat >"$folder/config/master.cf" <<MASTER
127.0.0.1:$port inet n - n - 1 postscreen
smtpd   pass - - n - - smtpd
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
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

for _ in range(100):
    try:
        client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        break
    except OSError:
        time.sleep(0.1)
with client, client.makefile("rb") as stream:
    client.sendall(b"EHLO client.test\r\n")
    try:
        for _ in range(20):
            line = stream.readline()
            if not line:
                break
            print(line.decode().rstrip())
            if line[:4] == b"250 ":
                client.settimeout(5)
    except TimeoutError:
        print("nothing for 5 seconds")
PYTHON
env -u LD_LIBRARY_PATH python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
220-server.test one moment
250-server.test
250 8BITMIME
nothing for 5 seconds
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
