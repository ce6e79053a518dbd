#!/bin/sh
# STARTTLS on asyncio: what a client is told whose hello offers nothing that the server accepts.
#
# Guess: a fatal alert, handshake_failure (RFC 5246 7.2.2: a party that finds an error sends one, and
#   closes), as Postfix and Exim do, so that a scanner can tell "refused" from "fell over".
# Behaviour of aiosmtpd 1.4.6 (on asyncio of Python 3.11 to 3.13): no octet at all, the connection is
#   closed. asyncio aborts the transport when its half of a handshake fails, and the alert that OpenSSL
#   has written into memory is thrown away.
#
# aiosmtpd's own Controller serves STARTTLS on loopback; the hello is made by hand and offers NULL-SHA.
# Seen: "220 go on" to STARTTLS, then the end of the stream behind 0 octets; the script fails when
#   something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install \
    aiosmtpd==1.4.6 trustme==1.2.1 >"$folder/pip.log" 2>&1 || { cat "$folder/pip.log"; exit 2; }
cat >"$folder/ask.py" <<'PYTHON'
import importlib.metadata
import logging
import os
import socket
import ssl
import sys

import trustme
from aiosmtpd.controller import Controller

logging.disable(logging.CRITICAL)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
trustme.CA().issue_cert('localhost').configure_cert(context)
with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]


class Handler:
    pass


def sized(octets, length):
    return len(octets).to_bytes(length, 'big') + octets


NULL_SHA = b'\x00\x02'
body = b'\x03\x03' + os.urandom(32) + sized(b'', 1) + sized(NULL_SHA, 2) + b'\x01\x00'
hello = b'\x16\x03\x01' + sized(b'\x01' + sized(body, 3), 2)
controller = Controller(Handler(), hostname='127.0.0.1', port=port, tls_context=context)
controller.start()
try:
    with socket.create_connection(('127.0.0.1', port), timeout=20) as client:
        client.recv(4096)
        client.sendall(b'EHLO me.example\r\n')
        while b'250 ' not in client.recv(4096):
            pass
        client.sendall(b'STARTTLS\r\n')
        said = client.recv(4096)
        client.sendall(hello)
        answer = b''
        try:
            while data := client.recv(4096):
                answer += data
        except ConnectionResetError:
            pass
finally:
    controller.stop()
version = importlib.metadata.version('aiosmtpd')
print(f'aiosmtpd {version}, Python {sys.version.split()[0]}, {ssl.OPENSSL_VERSION}')
print(f'STARTTLS is answered {said[:3].decode()}, the hello by {len(answer)} octets: {answer.hex() or "none"}')
sys.exit(0 if said.startswith(b'220') and answer == b'' else 1)
PYTHON
"$folder/venv/bin/python" "$folder/ask.py"
