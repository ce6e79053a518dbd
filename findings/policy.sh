#!/bin/sh
# MTA-STS: what postfix-mta-sts-resolver makes of records and policies that RFC 8461 calls valid.
#
# Guess: a TXT record that does not begin with "v=STSv1;" is discarded (3.1), so `v=STSv12; ...`
#   beside a valid record changes nothing; a policy may hold UTF-8 in the value of an unknown key,
#   which is ignored (3.2); of a duplicate key the first counts (3.2).
# Behaviour of 1.5.1: it counts whatever begins with "v=STSv1", so that the other version hides the
#   valid record and the domain has no policy; it reads a policy without charset as ASCII, so that a
#   single letter beyond drops the whole policy; of a duplicate key the last counts.
#
# Its own resolve() is run on TXT records from a DNS server on loopback and on a policy from an HTTP
# server on loopback; only where it connects to is replaced.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install \
    postfix-mta-sts-resolver==1.5.1 aiohttp==3.14.5 aiodns==4.0.4 pycares==5.2.1 dnspython==2.8.0 \
    >"$folder/pip.log" 2>&1 || { cat "$folder/pip.log"; exit 2; }
cat >"$folder/ask.py" <<'PYTHON'
import asyncio
import http.server
import importlib.metadata
import socket
import threading

import aiodns
import aiohttp
import dns.message
import dns.rrset
from postfix_mta_sts_resolver import resolver

VALID = 'v=STSv1; id=1'
POLICY = 'version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 604800\n'
served = {}


class Policy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = served['policy'].encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def answer(channel):
    while True:
        octets, client = channel.recvfrom(4096)
        query = dns.message.from_wire(octets)
        reply = dns.message.make_response(query)
        name = query.question[0].name
        texts = [f'"{text}"' for text in served['txt']]
        reply.answer.append(dns.rrset.from_text(name, 60, 'IN', 'TXT', *texts))
        channel.sendto(reply.to_wire(), client)


web = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Policy)
channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
channel.bind(('127.0.0.1', 0))
threading.Thread(target=web.serve_forever, daemon=True).start()
threading.Thread(target=answer, args=(channel,), daemon=True).start()
get = aiohttp.ClientSession.get
aiohttp.ClientSession.get = lambda self, _, **options: get(
    self, f'http://127.0.0.1:{web.server_port}/', **options
)


async def ask(texts, policy):
    served.update(txt=texts, policy=policy)
    loop = asyncio.get_running_loop()
    asker = resolver.STSResolver(loop=loop, timeout=5)
    port = channel.getsockname()[1]
    asker._resolver = aiodns.DNSResolver(
        nameservers=['127.0.0.1'], udp_port=port, timeout=5, loop=loop
    )
    result, found = await asker.resolve('example.org')
    return f"{result.name} {found[1]['mode'] if found else '-'}"


async def main():
    print('postfix-mta-sts-resolver', importlib.metadata.version('postfix-mta-sts-resolver'))
    print('usual:', await ask([VALID], POLICY))
    print('v=STSv12 beside it:', await ask([VALID, 'v=STSv12; id=2'], POLICY))
    print('an unknown key in UTF-8:', await ask([VALID], POLICY + 'note: caf\u00e9\n'))
    print('mode twice, testing behind enforce:', await ask([VALID], POLICY + 'mode: testing\n'))


asyncio.run(main())
PYTHON
cat >"$folder/expected" <<'SEEN'
postfix-mta-sts-resolver 1.5.1
usual: VALID enforce
v=STSv12 beside it: NONE -
an unknown key in UTF-8: FETCH_ERROR -
mode twice, testing behind enforce: VALID testing
SEEN
"$folder/venv/bin/python" "$folder/ask.py" 2>"$folder/errors" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen" || { cat "$folder/errors"; echo 'it behaves otherwise now'; exit 1; }
