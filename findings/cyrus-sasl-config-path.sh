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
also_unpacked libsasl2-modules
mkdir -p "$folder/named" "$folder/config/sasl"
echo "mech_list: PLAIN" >"$folder/named/smtpd.conf"
echo "mech_list: LOGIN" >"$folder/config/sasl/smtpd.conf"
plugins=$(echo "$folder"/root/usr/lib/*-linux-gnu*/sasl2)
with_smtpd "smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = $folder/named
smtpd_discard_ehlo_keywords = size,vrfy,etrn,enhancedstatuscodes,dsn,smtputf8,chunking,pipelining"
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys

client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
with client, client.makefile("rb") as stream:
    stream.readline()
    client.sendall(b"EHLO client.test\r\n")
    while (line := stream.readline().decode().rstrip())[:4] != "250 ":
        print(line)
    print(line)
PYTHON
echo "cyrus_sasl_config_path has: $(cat "$folder/named/smtpd.conf")" >"$folder/seen"
python3 "$folder/ask.py" "$port" >>"$folder/seen"
cat "$folder/seen"
cat >"$folder/expected" <<'SEEN'
cyrus_sasl_config_path has: mech_list: PLAIN
250-server.test
250-AUTH LOGIN
250 8BITMIME
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
