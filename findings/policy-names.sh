#!/bin/sh
# DANE and MTA-STS: the names for which Postfix takes a certificate (posttls-finger, same library).
#
# Guess: under a 2 1 1 record, where no MX record was used and the TLSA records stand at the end of an
#   alias, the name before it counts too (RFC 7672 3.2.2, "MUST"); behind MX records that are not
#   secure only the MX name counts ("the only reference identifier"); a final dot in a name to match,
#   as a policy's mx line may have it, is no difference.
# Behaviour of Postfix 3.7.11 (Debian 12): the name before the alias does not count; behind insecure
#   MX records the domain counts (Trusted, and mail is delivered); with a final dot nothing matches.
#
# A DNS server on loopback that sets AD stands for a validating resolver, and an SMTP server on
# loopback shows the certificates, both in a network namespace of its own. As root, on Debian.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
. "$(dirname "$0")/lib/postfix.sh"
with_postfix dnspython==2.8.0 trustme==1.2.1 cryptography==46.0.3
printf 'nameserver 127.0.0.1\noptions trust-ad edns0\n' >"$folder/resolv.conf"
cat >"$folder/ask.py" <<'PYTHON'
import hashlib
import os
import pathlib
import re
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

folder = pathlib.Path(sys.argv[1])
authority = trustme.CA()
authority.cert_pem.write_to_path(folder / 'ca.pem')
issuer = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
key = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
anchor = '2 1 1 ' + hashlib.sha256(key).hexdigest()

# host: address and the one name in its certificate
HOSTS = {
    'host.test': ('127.0.0.1', 'host.test'),
    'end.test': ('127.0.0.2', 'before.test'),
    'mx.test': ('127.0.0.3', 'plain.test'),
}
RECORDS = {
    ('direct.test', 'CNAME'): ['host.test.'],
    ('before.test', 'CNAME'): ['end.test.'],
    ('plain.test', 'MX'): ['0 mx.test.'],
    ('.', 'NS'): ['root.test.'],
}
for host, (address, _) in HOSTS.items():
    RECORDS[host, 'A'] = [address]
    RECORDS[f'_25._tcp.{host}', 'TLSA'] = [anchor]
INSECURE = {('plain.test', 'MX')}


def up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        import fcntl
        fcntl.ioctl(control, 0x8914, struct.pack('16sh', b'lo', 0x1 | 0x40))


class Dns(socketserver.BaseRequestHandler):
    def handle(self):
        octets, channel = self.request
        query = dns.message.from_wire(octets)
        reply = dns.message.make_response(query, recursion_available=True)
        asked, kind = query.question[0].name, dns.rdatatype.to_text(query.question[0].rdtype)
        name = asked.to_text(omit_final_dot=True).lower()
        reply.flags |= 0 if (name, kind) in INSECURE else dns.flags.AD
        if target := RECORDS.get((name, 'CNAME')):
            reply.answer.append(dns.rrset.from_text(asked, 60, 'IN', 'CNAME', *target))
            asked = dns.name.from_text(target[0])
            name = target[0].rstrip('.')
        if found := RECORDS.get((name, kind)):
            reply.answer.append(dns.rrset.from_text(asked, 60, 'IN', kind, *found))
        channel.sendto(reply.to_wire(), self.client_address)


class Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b'220 test ESMTP\r\n')
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            if verb == b'EHLO':
                self.wfile.write(b'250-test\r\n250 STARTTLS\r\n')
            elif verb == b'STARTTLS':
                self.wfile.write(b'220 go\r\n')
                try:
                    self.request = self.server.context.wrap_socket(self.request, server_side=True)
                except OSError:
                    return
                self.rfile, self.wfile = self.request.makefile('rb'), self.request.makefile('wb', 0)
            else:
                self.wfile.write(b'221 bye\r\n')
                return


def serve(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()


up()
serve(socketserver.ThreadingUDPServer(('127.0.0.1', 53), Dns))
for address, name in HOSTS.values():
    server = socketserver.ThreadingTCPServer((address, 25), Smtp)
    server.daemon_threads = True
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(server.context)
    chain = authority.issue_cert(name)
    pem = folder / f'{name}.pem'
    pem.write_bytes(chain.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes())
    server.context.load_cert_chain(pem)
    serve(server)

root = folder / 'root'
libraries = [root / 'usr/lib/postfix', *root.glob('lib/*-linux-gnu*'), *root.glob('usr/lib/*-linux-gnu*')]
ENVIRONMENT = os.environ | {
    'LD_LIBRARY_PATH': ':'.join(map(str, libraries)),
    'MAIL_CONFIG': str(folder / 'config'),
}


def ask(what, *arguments):
    command = [root / 'usr/sbin/posttls-finger', '-c', '-F', folder / 'ca.pem', *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=30)
    said = done.stdout + done.stderr
    found = re.findall(r': (\w+) TLS connection established', said)
    print(f'{what}: {found[-1] if found else said[-300:]}', flush=True)


ask('dane, the name at the end of the alias', '-l', 'dane', 'direct.test')
ask('dane, the name before the alias', '-l', 'dane', 'before.test')
ask('dane, the domain behind an insecure MX', '-l', 'dane', 'plain.test')
ask('secure, match=host.test', '-l', 'secure', '[host.test]', 'host.test')
ask('secure, match=host.test.', '-l', 'secure', '[host.test]', 'host.test.')
PYTHON
cat >"$folder/expected" <<'SEEN'
dane, the name at the end of the alias: Verified
dane, the name before the alias: Untrusted
dane, the domain behind an insecure MX: Trusted
secure, match=host.test: Verified
secure, match=host.test.: Untrusted
SEEN
dpkg-deb -f "$(ls "$folder"/debs/postfix_*.deb)" Package Version
unshare --net --mount sh -c "mount --bind $folder/resolv.conf /etc/resolv.conf &&
    exec $folder/venv/bin/python $folder/ask.py $folder" 2>"$folder/errors" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen" || { cat "$folder/errors"; echo 'it behaves otherwise now'; exit 1; }
