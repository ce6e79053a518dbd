#!/bin/sh
# Restrictions: whom Postfix takes mail for from a client that it refuses.
#
# Guess: with smtpd_client_restrictions = reject every RCPT is refused, and an address that the lists of
#   restrictions let through is one that they name. RFC 5321 4.5.1 has a server take mail for postmaster,
#   with its domain and without, and lets it block what is abuse.
# Behaviour of Postfix 3.7.11 (Debian 12): RCPT TO:<postmaster> is accepted, whatever client, HELO, sender
#   and recipient restrictions say; RCPT TO:<postmaster@server.test>, the same mailbox, is refused. So an
#   accepted <postmaster> says nothing of whether a client is blocked; a refused one says a lot.
#
# smtpd on loopback, one connection; no name is looked up. As root: it makes the system user and
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
smtpd_peername_lookup = no
smtpd_client_restrictions = reject
smtpd_helo_restrictions = reject
smtpd_sender_restrictions = reject
smtpd_recipient_restrictions = reject
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

for _ in range(100):
    try:
        client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        break
    except OSError:
        time.sleep(0.1)
with client, client.makefile("rb") as stream:
    stream.readline()
    for command in (
        "HELO client.test",
        "MAIL FROM:<me@client.test>",
        "RCPT TO:<postmaster@server.test>",
        "RCPT TO:<postmaster>",
        "QUIT",
    ):
        client.sendall(command.encode() + b"\r\n")
        answer = stream.readline().decode().rstrip()
        if command.startswith("RCPT"):
            print(command)
            print(answer)
PYTHON
env -u LD_LIBRARY_PATH python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
RCPT TO:<postmaster@server.test>
554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied
RCPT TO:<postmaster>
250 2.1.5 Ok
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
