#!/bin/sh
# STARTTLS: what comes of it at the OpenSMTPD of Debian 12.
#
# Guess: a server that announces STARTTLS, and has read its certificate and key without a word, completes a
#   handshake.
# Behaviour of OpenSMTPD 6.8.0p2-4+b4 (Debian 12): EHLO lists STARTTLS, the answer is 220, and every
#   handshake ends with the alert internal_error, in TLS 1.2 and 1.3, with keys of EC and RSA. Mail in clear
#   goes on, so that senders without DANE or MTA-STS notice nothing. It is built with OpenSSL 3, which hands
#   out copies of a key: what OpenSMTPD ties to the copy, to have its process for keys sign, is lost
#   (OpenSMTPD issue 1239, pull request 1208).
#
# smtpd on loopback in a folder that holds all packages it needs (chroot, so as root); nothing is installed.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
root=$folder/root
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/debs/partial" "$root"
apt-get -qq -y --no-install-recommends --download-only -o Dir::Cache::archives="$folder/debs" -o Dir::State::status=/dev/null \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root install opensmtpd \
    >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/unpacked"; done
for top in bin sbin lib lib64; do
    [ ! -d "$folder/unpacked/$top" ] || { mkdir -p "$root/usr/$top"; cp -a "$folder/unpacked/$top/." "$root/usr/$top/"; rm -rf "${folder:?}/unpacked/$top"; }
    ln -s "usr/$top" "$root/$top"
done
cp -a "$folder/unpacked/." "$root/"
printf '%s\n' root:x:0:0::/root:/bin/sh opensmtpd:x:901:901::/var/lib/opensmtpd/empty:/bin/false \
    opensmtpq:x:902:902::/var/lib/opensmtpd/empty:/bin/false nobody:x:65534:65534::/:/bin/false >"$root/etc/passwd"
printf '%s\n' root:x:0: opensmtpd:x:901: opensmtpq:x:902: nogroup:x:65534: >"$root/etc/group"
mkdir -p "$root/dev" "$root/run" "$root/var/run" "$root/tmp" "$root/var/lib/opensmtpd/empty" "$root/var/spool/smtpd"
chmod 711 "$root/var/spool/smtpd"
mknod -m 666 "$root/dev/null" c 1 3
mknod -m 666 "$root/dev/urandom" c 1 9
printf '127.0.0.1 server.test localhost\n' >"$root/etc/hosts"
chgrp 902 "$root/usr/sbin/smtpctl"
chmod 2755 "$root/usr/sbin/smtpctl"
cat >"$folder/ask.py" <<'PYTHON'
import smtplib
import ssl
import sys
import time

context = ssl._create_unverified_context()
context.maximum_version = ssl.TLSVersion.TLSv1_2 if sys.argv[3] == "TLS 1.2" else ssl.TLSVersion.TLSv1_3
for _ in range(100):
    try:
        client = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=20)
        break
    except OSError:
        time.sleep(0.1)
client.ehlo("client.test")
offered = "offered" if client.has_extn("starttls") else "not offered"
try:
    client.starttls(context=context)
    result = client.sock.version()
except ssl.SSLError as error:
    result = "alert internal_error" if "INTERNAL_ERROR" in str(error.reason) else str(error)
print(f"{sys.argv[2]}, {sys.argv[3]}: STARTTLS {offered}, then {result}")
PYTHON
for kind in EC RSA; do
    case $kind in EC) key="ec -pkeyopt ec_paramgen_curve:P-256" ;; RSA) key=rsa:2048 ;; esac
    # shellcheck disable=SC2086 - words of their own
    openssl req -x509 -newkey $key -nodes -days 30 -subj /CN=server.test -addext subjectAltName=DNS:server.test \
        -keyout "$root/etc/key.pem" -out "$root/etc/cert.pem" 2>"$folder/openssl.log"
    chmod 600 "$root/etc/key.pem"
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >"$root/etc/smtpd.conf" <<CONF
pki server.test cert "/etc/cert.pem"
pki server.test key "/etc/key.pem"
listen on 127.0.0.1 port $port hostname server.test tls pki server.test
action "gone" mda "/bin/true"
match from any for domain "server.test" action "gone"
CONF
    chroot "$root" /usr/sbin/smtpd -d >"$folder/smtpd.log" 2>&1 &
    smtpd=$!
    trap 'kill "$smtpd" 2>/dev/null; wait "$smtpd" 2>/dev/null || true; rm -rf "$folder"' EXIT
    python3 "$folder/ask.py" "$port" "$kind" "TLS 1.2"
    python3 "$folder/ask.py" "$port" "$kind" "TLS 1.3"
    kill "$smtpd"
    wait "$smtpd" 2>/dev/null || true
done | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
EC, TLS 1.2: STARTTLS offered, then alert internal_error
EC, TLS 1.3: STARTTLS offered, then alert internal_error
RSA, TLS 1.2: STARTTLS offered, then alert internal_error
RSA, TLS 1.3: STARTTLS offered, then alert internal_error
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
