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
listener='127.0.0.1:PORT inet n - n - 1 postscreen
smtpd   pass - - n - - smtpd
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy'
with_smtpd "smtpd_discard_ehlo_keywords = size,vrfy,etrn,enhancedstatuscodes,dsn,smtputf8,chunking
postscreen_greet_action = enforce
postscreen_greet_wait = 2s
postscreen_greet_banner = server.test one moment
postscreen_access_list =
postscreen_cache_map ="
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys

client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
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
python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
220-server.test one moment
250-server.test
250 8BITMIME
nothing for 5 seconds
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
