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
with_smtpd "smtpd_peername_lookup = no
smtpd_client_restrictions = reject
smtpd_helo_restrictions = reject
smtpd_sender_restrictions = reject
smtpd_recipient_restrictions = reject"
cat >"$folder/ask.py" <<'PYTHON'
import socket
import sys

client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
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
python3 "$folder/ask.py" "$port" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
RCPT TO:<postmaster@server.test>
554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied
RCPT TO:<postmaster>
250 2.1.5 Ok
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
