"""senders.test: hosts that some senders take and others do not, by TLS and by certificate.

Each domain is its own mail host. Where it is about the certificate, a `2 1 1` record names the
last certificate sent.
"""

from __future__ import annotations

import base64
import ssl
import tempfile
import warnings
from pathlib import Path
from typing import Final

from tests.servers.certificate_kinds import KINDS
from tests.servers.certificates import Chain, tagged
from tests.servers.fault_part import session
from tests.servers.ground import Ground, Part
from tests.servers.mail_hosts import MailHost
from tests.servers.strict_kinds import STRICT_KINDS

FIRST: Final = 180
"""The number of the first address."""

ZONE: Final = "senders.test"

OAKLEY_2: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879"
    "8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B"
    "0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
"""The prime of 1024 bits of RFC 2409, 6.2."""

PRIORITIES: Final = {
    "tls1-0": "NORMAL:-VERS-ALL:+VERS-TLS1.0",
    "no-rfc5746": "NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION",
    "signs-with-sha1": "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-SHA1",
    "tls1-3": "NORMAL:-VERS-ALL:+VERS-TLS1.3",
}
"""Domains in Exim, and what its GnuTLS is told."""

CONTEXTS: Final = ("tls1-1", "tls1-2", "dhe-1024", "static-rsa")
"""Domains of the fault server."""

MORE: Final = {
    "ee-key-usage": ("key-usage", 3, 1, 1),
    "ee-unknown-critical": ("unknown-critical", 3, 1, 1),
    "ee-issuer-expired": ("issuer-expired", 3, 1, 1),
    "ee-garbled-names": ("garbled-names", 3, 1, 1),
    "ee-pss-sha1": ("pss-sha1", 3, 1, 1),
    "expired-2-0-0": ("issuer-expired", 2, 0, 0),
    "expired-2-0-1": ("issuer-expired", 2, 0, 1),
    "expired-2-1-0": ("issuer-expired", 2, 1, 0),
    "constrained-2-0-0": ("issuer-constrained", 2, 0, 0),
    "constrained-2-1-0": ("issuer-constrained", 2, 1, 0),
    "self-2-0-0": ("self-signed", 2, 0, 0),
    "self-2-0-1": ("self-signed", 2, 0, 1),
    "self-2-1-0": ("self-signed", 2, 1, 0),
    "self-2-1-1": ("self-signed", 2, 1, 1),
}
"""Further domains: the server by its kind, and the record, of its own or of the issuer's key."""

SERVERS: Final = (*STRICT_KINDS, "self-signed")

NAMES: Final = (*STRICT_KINDS, *PRIORITIES, *CONTEXTS, *MORE)

DOMAINS: Final = tuple(f"{name}.{ZONE}" for name in NAMES)


def contexts(chain: Chain) -> dict[str, ssl.SSLContext]:
    """Return a TLS context for each of CONTEXTS; the key is RSA."""
    found = {name: chain.context() for name in CONTEXTS}
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        for name, version in (
            ("tls1-1", ssl.TLSVersion.TLSv1_1),
            *((name, ssl.TLSVersion.TLSv1_2) for name in CONTEXTS[1:]),
        ):
            found[name].minimum_version = found[name].maximum_version = version
    found["dhe-1024"].set_ciphers("DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0")
    found["static-rsa"].set_ciphers("AES256-GCM-SHA384:@SECLEVEL=0")
    with tempfile.TemporaryDirectory(prefix="smtpprobe-dh-") as folder:
        file = Path(folder, "dh.pem")
        file.write_text(dh_parameters(OAKLEY_2, 2))
        found["dhe-1024"].load_dh_params(str(file))
    return found


def dh_parameters(prime: int, generator: int) -> str:
    """Return a group for DHE in PEM (RFC 3279, 2.3.3, without the factor)."""
    numbers = (number.to_bytes(number.bit_length() // 8 + 1) for number in (prime, generator))
    body = base64.encodebytes(tagged(0x30, b"".join(tagged(2, number) for number in numbers)))
    return f"-----BEGIN DH PARAMETERS-----\n{body.decode()}-----END DH PARAMETERS-----\n"


def chains(ground: Ground) -> dict[str, Chain]:
    """Return what each of SERVERS shows, for all its names; its own is the first."""
    found = {}
    for kind in SERVERS:
        names = [kind, *(name for name, (shown, *_) in MORE.items() if shown == kind)]
        build = STRICT_KINDS.get(kind, KINDS.get(kind))
        assert build is not None
        found[kind] = build(ground.authorities, [f"{name}.{ZONE}" for name in names])
    return found


def sender_part(ground: Ground) -> Part:
    """Return the zone and its servers."""
    numbers = {name: FIRST + n for n, name in enumerate((*SERVERS, *PRIORITIES, *CONTEXTS))}
    shown = chains(ground)
    zone = "".join(f"{name} MX 0 {name}\n" for name in NAMES)
    for kind in STRICT_KINDS:
        zone += ground.a(kind, numbers[kind])
        zone += ground.tlsa(kind, shown[kind].tlsa(2, 1, 1, depth=-1))
    for name, (kind, usage, selector, mtype) in MORE.items():
        zone += ground.a(name, numbers[kind])
        zone += ground.tlsa(name, shown[kind].tlsa(usage, selector, mtype, depth=usage - 3))
    rsa = ground.chain("good-rsa", f"*.{ZONE}")
    played = {name: [session(context)] for name, context in contexts(rsa).items()}
    for name in (*PRIORITIES, *CONTEXTS):
        zone += ground.a(name, numbers[name]) + ground.tlsa(name, rsa.tlsa(3, 1, 1))
    return Part(
        zones={ZONE: zone},
        postfix=[ground.host(numbers[kind], f"{kind}.{ZONE}", shown[kind]) for kind in SERVERS],
        exim=[
            MailHost(ground.network.address(numbers[name]), f"{name}.{ZONE}", (rsa,), gnutls=told)
            for name, told in PRIORITIES.items()
        ],
        scripts={ground.network.address(numbers[name]): script for name, script in played.items()},
    )
