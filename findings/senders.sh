#!/bin/sh
# TLS levels of Postfix: which TLS version a server may have at best (posttls-finger, same library).
#
# Guess: the versions are those of smtp_tls_mandatory_protocols (>=TLSv1 by default) at encrypt, verify
#   and secure alike; what the last two add is a look at the certificate, after the handshake.
# Behaviour of Postfix 3.7.11 (Debian 12, OpenSSL 3): a server that has TLS 1.1 at best gets a session
#   at may and at encrypt, and none at verify and secure. Postfix raises OpenSSL's security level from 0
#   to 1 where it verifies, which takes TLS 1.1 and SHA-1 away; RSA of 1024 bits stays.
#
# An SMTP server on loopback speaks one version of TLS. As root, on Debian; no name is looked up.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
. "$(dirname "$0")/lib/postfix.sh"
with_postfix trustme==1.2.1 cryptography==46.0.3
cat >"$folder/ask.py" <<'PYTHON'
import os
import pathlib
import re
import socketserver
import ssl
import subprocess
import sys
import threading
import warnings

import trustme

folder = pathlib.Path(sys.argv[1])
authority = trustme.CA()
authority.cert_pem.write_to_path(folder / 'ca.pem')
shown = authority.issue_cert('mx.example.org', key_type=trustme.KeyType.RSA)


def context(version):
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.set_ciphers('DEFAULT:@SECLEVEL=0')
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        found.minimum_version = found.maximum_version = version
    shown.configure_cert(found)
    return found


class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b'220 mx.example.org ESMTP\r\n')
        self.rfile.readline()
        self.wfile.write(b'250-mx.example.org\r\n250 STARTTLS\r\n')
        self.rfile.readline()
        self.wfile.write(b'220 go on\r\n')
        try:
            with self.server.context.wrap_socket(self.request, server_side=True) as inside:
                while line := inside.recv(999):
                    inside.sendall(b'221 bye\r\n' if line.startswith(b'QUIT') else b'250 ok\r\n')
        except OSError:
            pass


def status(level, port):
    done = subprocess.run(
        [folder / 'root/usr/sbin/posttls-finger', '-c', '-l', level, '-F', folder / 'ca.pem',
         '-L', 'summary', f'[127.0.0.1]:{port}', 'mx.example.org'],
        env={'MAIL_CONFIG': folder / 'config', 'OPENSSL_CONF': '/dev/null',
             'LD_LIBRARY_PATH': os.pathsep.join(map(str, libraries))},
        capture_output=True, text=True, check=False, timeout=60)
    found = re.findall(r': (\w+) TLS connection established', done.stdout + done.stderr)
    return found[-1] if found else 'none'


libraries = [folder / 'root/usr/lib/postfix', *(folder / 'root').glob('usr/lib/*-linux-gnu*')]
for name, version in (('TLSv1.1', ssl.TLSVersion.TLSv1_1), ('TLSv1.2', ssl.TLSVersion.TLSv1_2)):
    server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Mail)
    server.daemon_threads, server.context = True, context(version)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for level in ('may', 'encrypt', 'verify', 'secure'):
        print(name, level, status(level, server.server_address[1]))
    server.shutdown()
PYTHON
cat >"$folder/expected" <<'TEXT'
TLSv1.1 may Trusted
TLSv1.1 encrypt Trusted
TLSv1.1 verify none
TLSv1.1 secure none
TLSv1.2 may Trusted
TLSv1.2 encrypt Trusted
TLSv1.2 verify Verified
TLSv1.2 secure Verified
TEXT
dpkg-deb -f "$(ls "$folder"/debs/postfix_*.deb)" Package Version
"$folder/venv/bin/python" "$folder/ask.py" "$folder" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen" || { echo 'it behaves otherwise now'; exit 1; }
