#!/bin/sh
# Resolvers: how long Unbound asks a name server that says nothing.
#
# Guess: infra-cache-min-rtt and unknown-server-time-limit say how long one question waits for a server
#   that was never heard. With outbound-msg-retry: 1, 800 ms come to SERVFAIL after about two seconds, and
#   1200 ms after about three.
# Behaviour of Unbound 1.17.1 (Debian 12): 800 ms do, in 1.6 s; with 1200 ms the same question has no answer
#   within 150 s (the script waits 30). Who raises them a little, for a slow network, has
#   his clients give up first.
#
# Unbound on loopback, whose only zone is served by a socket that never answers; one question each. Nothing
# is installed.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/debs/partial" "$folder/root"
apt-get -qq -y --no-install-recommends --download-only --reinstall -o Dir::Cache::archives="$folder/debs" \
    -o APT::Sandbox::User=root install unbound >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/root"; done
cat >"$folder/ask.py" <<'PYTHON'
import os
import socket
import subprocess
import sys
import time

CONFIGURATION = """
server:
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    directory: "{folder}"
    interface: 127.0.0.1
    port: {port}
    do-not-query-localhost: no
    module-config: "iterator"
    outbound-msg-retry: 1
    infra-keep-probing: yes
    unknown-server-time-limit: {wait}
    infra-cache-min-rtt: {wait}
    local-zone: "test." nodefault
stub-zone:
    name: "silent.test"
    stub-addr: 127.0.0.1@{silent}
remote-control:
    control-enable: no
"""
QUESTION = b"\x12\x34\x01\0\0\1\0\0\0\0\0\0\6silent\4test\0\0\1\0\1"
LIMIT = 30


def answered(wait):
    """Return what comes of the question, and after how long."""
    with socket.socket(type=socket.SOCK_DGRAM) as silent, socket.socket(type=socket.SOCK_DGRAM) as free:
        silent.bind(("127.0.0.1", 0))
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        path = f"{sys.argv[1]}/unbound-{wait}.conf"
        with open(path, "w") as file:
            names = {"folder": sys.argv[1], "port": port, "wait": wait, "silent": silent.getsockname()[1]}
            file.write(CONFIGURATION.format(**names))
        command = [f"{sys.argv[1]}/root/usr/sbin/unbound", "-d", "-p", "-c", path]
        env = os.environ | {"LD_LIBRARY_PATH": sys.argv[2]}
        with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as unbound:
            try:
                return asked(port)
            finally:
                unbound.terminate()


def asked(port):
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", port))
        until = time.monotonic() + 10
        client.settimeout(0.3)
        while time.monotonic() < until:  # until it answers for a name that it knows by itself
            try:
                client.send(QUESTION.replace(b"\6silent\4test", b"\x09localhost"))
                client.recv(512)
                break
            except OSError:
                time.sleep(0.1)
        began = time.monotonic()
        client.settimeout(LIMIT)
        client.send(QUESTION)
        try:
            while (answer := client.recv(512))[12:20] != QUESTION[12:20] or b"\4test" not in answer:
                pass
        except TimeoutError:
            return f"no answer within {LIMIT} s"
        code = {2: "SERVFAIL"}.get(answer[3] & 15, str(answer[3] & 15))
        return f"{code} in {'less' if time.monotonic() - began < 10 else 'more'} than 10 s"


for wait in (800, 1200):
    print(f"{wait} ms: {answered(wait)}")
PYTHON
libraries=$(echo "$folder"/root/usr/lib/*-linux-gnu* | tr ' ' ':')
python3 "$folder/ask.py" "$folder" "$libraries" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
800 ms: SERVFAIL in less than 10 s
1200 ms: no answer within 30 s
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
