#!/bin/sh
# HTTP CONNECT with python-socks, to a server that talks first: SMTP, through a proxy that passes on
# the greeting with its own answer, or sends its answer in two segments.
#
# Guess: after connect() the socket stands exactly behind the proxy's answer, so that the first octets
#   read from it are those of the server.
# Behaviour of python-socks 3.2.1: it takes one read of up to 64 KiB for the answer. What follows the
#   empty line in it is dropped: the greeting is lost, and the client waits for it until its timeout.
#   If the header comes in two segments, its rest is read as the first octets of the server. SOCKS5 is
#   read by count and has neither fault.
#
# Needs python3. A proxy and a client on loopback in one process; nothing leaves the machine.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install python-socks==3.2.1 \
    >"$folder/pip.log" 2>&1 || { cat "$folder/pip.log"; exit 2; }

cat >"$folder/try.py" <<'PYTHON'
import asyncio

from python_socks import ProxyType
from python_socks.async_.asyncio import Proxy

ANSWERS = {
    "together": [b"HTTP/1.1 200 OK\r\n\r\n220 mx.example ESMTP\r\n"],
    "apart": [b"HTTP/1.1 200 OK\r\n\r\n", b"220 mx.example ESMTP\r\n"],
    "in two": [b"HTTP/1.1 200 OK\r\nVia: 1.1 x\r\n", b"\r\n220 mx.example ESMTP\r\n"],
}


async def first_octets(pieces):
    async def proxy(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.3)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sock = await Proxy(ProxyType.HTTP, "127.0.0.1", port).connect("mx.example", 25, timeout=5)
    try:
        async with asyncio.timeout(2):
            found = await asyncio.get_running_loop().sock_recv(sock, 100)
    except TimeoutError:
        found = b"(nothing)"
    sock.close()
    await asyncio.sleep(1)  # the proxy sees the end
    server.close()
    return found


for name, pieces in ANSWERS.items():
    print(f"{name}: {asyncio.run(first_octets(pieces))!r}")
PYTHON

"$folder/venv/bin/python" "$folder/try.py" | tee "$folder/seen"
cat >"$folder/expected" <<'SEEN'
together: b'(nothing)'
apart: b'220 mx.example ESMTP\r\n'
in two: b'\r\n220 mx.example ESMTP\r\n'
SEEN
diff "$folder/expected" "$folder/seen"
