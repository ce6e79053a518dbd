"""senders.test: hosts that some senders take and others do not, by TLS and by certificate.

Each domain is its own mail host. Where it is about the certificate, a `2 1 1` record names the
last certificate sent; `ee-` before the name of a kind has a `3 1 1` record for the same server.
"""

from __future__ import annotations

import base64
import ssl
import tempfile
import warnings
from pathlib import Path
from typing import Final

from tests.servers.certificates import Chain, tagged, tlsa_data
from tests.servers.fault_part import session
from tests.servers.ground import Ground, Part
from tests.servers.mail_hosts import MailHost
from tests.servers.strict_kinds import STRICT_KINDS

FIRST: Final = 180
"""The number of the first address."""

ZONE: Final = "senders.test"

KINDS: Final = tuple(STRICT_KINDS)

PINNED: Final = ("key-usage", "unknown-critical", "issuer-expired", "garbled-names", "pss-sha1")
"""Kinds that also have a domain with a `3 1 1` record."""

OAKLEY_2: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879"
    "8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B"
    "0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
"""The prime of 1024 bits of RFC 2409, 6.2."""

PRIORITIES: Final = {
    "no-rfc5746": "NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION",
    "signs-with-sha1": "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-SHA1",
    "tls1-3": "NORMAL:-VERS-ALL:+VERS-TLS1.3",
}
"""Domains in Exim, and what its GnuTLS is told."""

CONTEXTS: Final = ("tls1-0", "tls1-1", "tls1-2", "dhe-1024", "static-rsa")
"""Domains of the fault server."""

SELF: Final = {
    "self-2-0-0": (2, 0, 0),
    "self-2-0-1": (2, 0, 1),
    "self-2-1-0": (2, 1, 0),
    "self-2-1-1": (2, 1, 1),
}
"""Records that name a server's own self-signed certificate as its trust anchor."""

NAMES: Final = (*KINDS, *PRIORITIES, *CONTEXTS, *SELF, *(f"ee-{kind}" for kind in PINNED))

DOMAINS: Final = tuple(f"{name}.{ZONE}" for name in NAMES)


def contexts(chain: Chain) -> dict[str, ssl.SSLContext]:
    """Return a TLS context for each of CONTEXTS; the key is RSA."""
    found = {name: chain.context() for name in CONTEXTS}
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        for name, version in (
            ("tls1-0", ssl.TLSVersion.TLSv1),
            ("tls1-1", ssl.TLSVersion.TLSv1_1),
            *((name, ssl.TLSVersion.TLSv1_2) for name in CONTEXTS[2:]),
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


def sender_part(ground: Ground) -> Part:
    """Return the zone and its servers."""
    numbers = {name: FIRST + n for n, name in enumerate((*KINDS, *PRIORITIES, *CONTEXTS, "self"))}
    zone = "".join(f"{name} MX 0 {name}\n" for name in NAMES)
    postfix: list[MailHost] = []
    for kind, build in STRICT_KINDS.items():
        name = f"{kind}.{ZONE}"
        chain = build(ground.authorities, [name])
        postfix.append(ground.host(numbers[kind], name, chain))
        anchor = tlsa_data(chain.sent[-1], 1, 1).hex()
        zone += ground.a(kind, numbers[kind]) + ground.tlsa(kind, f"2 1 1 {anchor}")
        if kind in PINNED:
            zone += ground.a(f"ee-{kind}", numbers[kind])
            zone += ground.tlsa(f"ee-{kind}", chain.tlsa(3, 1, 1))
    itself = ground.chain("self-signed", *(f"{name}.{ZONE}" for name in SELF))
    postfix.append(ground.host(numbers["self"], f"self.{ZONE}", itself))
    for name, kinds in SELF.items():
        zone += ground.a(name, numbers["self"]) + ground.tlsa(name, itself.tlsa(*kinds))
    rsa = ground.chain("good-rsa", f"*.{ZONE}")
    played = {name: [session(context)] for name, context in contexts(rsa).items()}
    for name in (*PRIORITIES, *CONTEXTS):
        zone += ground.a(name, numbers[name]) + ground.tlsa(name, rsa.tlsa(3, 1, 1))
    return Part(
        zones={ZONE: zone},
        postfix=postfix,
        exim=[
            MailHost(ground.network.address(numbers[name]), f"{name}.{ZONE}", (rsa,), gnutls=told)
            for name, told in PRIORITIES.items()
        ],
        scripts={ground.network.address(numbers[name]): script for name, script in played.items()},
    )
