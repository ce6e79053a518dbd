# Sourced by findings about Postfix. Debian's packages are unpacked, never installed; $folder is gone at the end.
#   with_postfix PACKAGE==VERSION ...  unpacks Postfix into $folder/root, makes a configuration for posttls-finger
#                                      and an environment with these Python packages
#   also_unpacked PACKAGE ...          unpacks more there
#   with_smtpd [LINES OF MAIN.CF]      after with_postfix, as root: runs an smtpd on $port of loopback, with
#                                      postlogd and what smtpd asks. It makes the system user and group that
#                                      Postfix insists on, where they are missing. With $listener, the lines of
#                                      master.cf that it holds stand instead of smtpd; PORT there is the port
with_postfix() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    mkdir -p "$folder/debs/partial" "$folder/root" "$folder/config"
    chmod 755 "$folder"
    also_unpacked postfix
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" --quiet --disable-pip-version-check install "$@" >"$folder/pip.log" 2>&1 ||
        { cat "$folder/pip.log"; exit 2; }
    cat >"$folder/config/main.cf" <<MAIN
compatibility_level = 3.6
shlib_directory = $folder/root/usr/lib/postfix
meta_directory = $folder/root/usr/share/postfix
inet_protocols = ipv4
MAIN
}

also_unpacked() {
    apt-get -qq -y --no-install-recommends --download-only --reinstall \
        -o Dir::Cache::archives="$folder/debs" -o APT::Sandbox::User=root install "$@" >"$folder/apt.log" 2>&1 ||
        { cat "$folder/apt.log"; exit 2; }
    for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/root"; done
}

with_smtpd() {
    root=$folder/root
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    getent group postdrop >/dev/null || groupadd --system postdrop
    getent passwd postfix >/dev/null || useradd --system --user-group --no-create-home postfix
    cp "$root/usr/share/postfix/dynamicmaps.cf" "$folder/config/"
    kept="MAIL_CONFIG LD_LIBRARY_PATH${plugins:+ SASL_PATH=$plugins}"
    cat >>"$folder/config/main.cf" <<MAIN
daemon_directory = $root/usr/lib/postfix/sbin
command_directory = $root/usr/sbin
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/mail.log
maillog_file_prefixes = $folder
import_environment = $kept
export_environment = $kept
myhostname = server.test
mydestination = server.test
mynetworks =
inet_interfaces = 127.0.0.1
alias_maps =
alias_database =
smtpd_tls_security_level = none
$1
MAIN
    echo "${listener:-127.0.0.1:PORT inet n - n - - smtpd}" | sed "s/PORT/$port/" >"$folder/config/master.cf"
    cat >>"$folder/config/master.cf" <<MASTER
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
    LD_LIBRARY_PATH=$root/usr/lib/postfix:$(echo "$root"/usr/lib/*-linux-gnu*) \
        "$root/usr/lib/postfix/sbin/master" -c "$folder/config" -s >"$folder/output" 2>&1 &
    master=$!
    trap 'kill "$master" 2>/dev/null; wait "$master" 2>/dev/null || true; rm -rf "$folder"' EXIT
    for _ in $(seq 100); do
        python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 10).close()" 2>/dev/null && return
        sleep 0.1
    done
    echo "nobody listens"
    exit 2
}
