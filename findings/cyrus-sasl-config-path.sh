#!/bin/sh
# Logins: where Debian's Postfix looks for smtpd.conf, the settings of Cyrus SASL for its server.
#
# Guess: in the directory that cyrus_sasl_config_path names; postconf(5) has it as the search path for
#   that file, and "postconf" shows the value that was set.
# Behaviour of Postfix 3.7.11 (Debian 12): the directory is never looked at. What counts is "sasl" beside
#   main.cf, then /usr/lib/sasl. So mechanisms and passwords can come from a file that no setting names,
#   and a file in the directory that is named changes nothing.
#
# smtpd on loopback, one EHLO; no name is looked up. As root: it makes the system user and group that
# Postfix insists on, where they are missing.
# Seen: what is in "expected" below; the script fails when something else is seen.
set -eu
here=$(dirname "$(readlink -f "$0")")
. "$here/lib/postfix.sh"
with_postfix pip
apt-get -qq -y --no-install-recommends --download-only --reinstall -o Dir::Cache::archives="$folder/debs" \
    -o APT::Sandbox::User=root install libsasl2-modules >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/debs/libsasl2*.deb; do dpkg -x "$deb" "$folder/root"; done
getent group postdrop >/dev/null || groupadd --system postdrop
getent passwd postfix >/dev/null || useradd --system --user-group --no-create-home postfix
root=$folder/root
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
cp "$root/usr/share/postfix/dynamicmaps.cf" "$folder/config/"
mkdir -p "$folder/named" "$folder/config/sasl"
echo "mech_list: PLAIN" >"$folder/named/smtpd.conf"
echo "mech_list: LOGIN" >"$folder/config/sasl/smtpd.conf"
plugins=$(echo "$root"/usr/lib/*-linux-gnu*/sasl2)
cat >>"$folder/config/main.cf" <<MAIN
daemon_directory = $root/usr/lib/postfix/sbin
command_directory = $root/usr/sbin
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/mail.log
maillog_file_prefixes = $folder
import_environment = MAIL_CONFIG LD_LIBRARY_PATH SASL_PATH=$plugins
export_environment = MAIL_CONFIG LD_LIBRARY_PATH SASL_PATH=$plugins
myhostname = server.test
mydestination = server.test
mynetworks =
inet_interfaces = 127.0.0.1
alias_maps =
alias_database =
smtpd_tls_security_level = none
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = $folder/named
smtpd_discard_ehlo_keywords = size,vrfy,etrn,enhancedstatuscodes,dsn,smtputf8,chunking,pipelining
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
    client.sendall(b"EHLO client.test\r\n")
    while (line := stream.readline().decode().rstrip())[:4] != "250 ":
        print(line)
    print(line)
PYTHON
echo "cyrus_sasl_config_path has: $(cat "$folder/named/smtpd.conf")" >"$folder/seen"
env -u LD_LIBRARY_PATH python3 "$folder/ask.py" "$port" >>"$folder/seen"
cat "$folder/seen"
cat >"$folder/expected" <<'SEEN'
cyrus_sasl_config_path has: mech_list: PLAIN
250-server.test
250-AUTH LOGIN
250 8BITMIME
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
