#!/bin/sh
# Logs of refusals: what Exim's main log keeps of the reply with which it refused.
#
# Guess: `rejected RCPT <...>: TEXT` quotes the reply, or at least its text.
# Behaviour of Exim 4.96 (Debian 12): there is no code in it unless the ACL's `message` begins with one;
#   with `log_message` even that code and the whole text are others; of two lines one is left.
#   So 550, 553 and 554 look alike, and what the client was told cannot be had from the log.
#
# Exim talks SMTP on its standard input. As root, on Debian 12; nothing listens, no name is looked up.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
(cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download exim4-daemon-light libidn12) \
    >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/*.deb; do dpkg -x "$deb" "$folder/root"; done
cat >"$folder/exim.conf" <<EOF
exim_user = nobody
exim_group = nogroup
spool_directory = $folder/spool
log_file_path = $folder/log/%slog
primary_hostname = server.test
keep_environment =
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny local_parts = plain
       message = no such mailbox
  deny local_parts = coded
       message = 553 5.7.1 not for you
  deny local_parts = other
       message = 554 5.7.1 not for you
       log_message = listed
  deny local_parts = lines
       message = first line\\nsecond line
  accept
EOF
mkdir "$folder/spool" "$folder/log"
chown nobody:nogroup "$folder/spool" "$folder/log"
seen=$(
    for name in plain coded other lines; do
        printf 'EHLO client.test\r\nMAIL FROM:<amy@client.test>\r\nRCPT TO:<%s@server.test>\r\nQUIT\r\n' $name |
            LD_LIBRARY_PATH="$folder/root/usr/lib/$(uname -m)-linux-gnu" \
                "$folder/root/usr/sbin/exim4" -C "$folder/exim.conf" -bs |
            tr -d '\r' | sed -n 's/^55/said   &/p'
    done
    sed -n 's/.* rejected RCPT/logged/p' "$folder/log/mainlog"
)
expected='said   550 no such mailbox
said   553 5.7.1 not for you
said   554 5.7.1 not for you
said   550-first line
said   550 second line
logged <plain@server.test>: no such mailbox
logged <coded@server.test>: 553 5.7.1 not for you
logged <other@server.test>: listed
logged <lines@server.test>: first line'
printf '%s\n' "$seen"
test "$seen" = "$expected"
