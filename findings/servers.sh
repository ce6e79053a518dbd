#!/bin/sh
# TLS end of a connection: what Python's ssl says of a peer that closes without close_notify.
#
# Guess: with suppress_ragged_eofs=False a read at such an end raises SSLEOFError, as documented.
# Behaviour of Python 3.11.2 (Debian 12, OpenSSL 3.0): the read returns b"", as at a proper end: a text cut
#   off by anybody on the way looks whole. Contexts have OP_IGNORE_UNEXPECTED_EOF set; without it
#   the read raises SSLError with the reason UNEXPECTED_EOF_WHILE_READING, still no SSLEOFError.
#
# A TLS server on loopback says five octets and is gone. As root, on Debian 12; no name is looked up.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
(cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download \
    python3.11-minimal libpython3.11-minimal libpython3.11-stdlib) >"$folder/apt.log" 2>&1 ||
    { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/*.deb; do dpkg -x "$deb" "$folder/root"; done
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install \
    trustme==1.2.1 cryptography==46.0.3 >"$folder/pip.log" 2>&1 ||
    { cat "$folder/pip.log"; exit 2; }
cat >"$folder/certificate.py" <<'PYTHON'
import sys

import trustme

authority = trustme.CA()
issued = authority.issue_cert("server.test")
issued.private_key_and_cert_chain_pem.write_to_path(f"{sys.argv[1]}/server.pem")
authority.cert_pem.write_to_path(f"{sys.argv[1]}/ca.pem")
PYTHON
cat >"$folder/ask.py" <<'PYTHON'
import platform
import socket
import ssl
import sys
import threading

folder = sys.argv[1]
server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_side.load_cert_chain(f"{folder}/server.pem")


def ending(ignored):
    context = ssl.create_default_context(cafile=f"{folder}/ca.pem")
    if not ignored:
        context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def play():
            raw, _ = listener.accept()
            secured = server_side.wrap_socket(raw, server_side=True)
            secured.sendall(b"hello")
            socket.socket(fileno=secured.detach()).close()  # no close_notify

        thread = threading.Thread(target=play)
        thread.start()
        raw = socket.create_connection(listener.getsockname(), 5)
        with context.wrap_socket(
            raw, server_hostname="server.test", suppress_ragged_eofs=False
        ) as client:
            assert client.recv(5) == b"hello"
            try:
                said = repr(client.recv(5))
            except ssl.SSLError as error:
                said = f"{type(error).__name__} {error.reason}"
        thread.join()
    return said


print("Python", platform.python_version())
print("as it comes:", ending(True))
print("without OP_IGNORE_UNEXPECTED_EOF:", ending(False))
PYTHON
"$folder/venv/bin/python" "$folder/certificate.py" "$folder"
PYTHONHOME="$folder/root/usr" "$folder/root/usr/bin/python3.11" "$folder/ask.py" "$folder" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
Python 3.11.2
as it comes: b''
without OP_IGNORE_UNEXPECTED_EOF: SSLError UNEXPECTED_EOF_WHILE_READING
SEEN
diff "$folder/expected" "$folder/seen" && echo "as expected"
