"""What senders refuse that a liberal probe takes, each of them by name, as measured in the lab.

Most of it follows from OpenSSL's security levels: Postfix sets 0 at `may` and `encrypt`, and 1
where it verifies; others have the default, 2. `tests/starttls/lab/test_beside_postfix.py` holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.strength import LEVEL_BITS, of_group, of_scheme, weaknesses
from smtpprobe.protocol.tls_facts import CertificateFacts, TlsFacts
from smtpprobe.starttls.judge.ratings import OLD_VERSIONS


class Client(Enum):
    """A sender's default TLS settings; the value is its name in reports."""

    MAY = "Postfix at may and encrypt"
    DANE = "Postfix at dane"
    SECURE = "Postfix at verify and secure"
    OPENSSL = "OpenSSL's defaults"
    PYTHON = "Python's ssl"


_LEVELS = {Client.MAY: 0, Client.DANE: 1, Client.SECURE: 1, Client.OPENSSL: 2, Client.PYTHON: 2}
"""The security level of each; 2 is OpenSSL's default in Debian, and anywhere from 3.2 on."""


class Refusal(NamedTuple):
    """What is refused, by whom, and the id of the finding that reports it.

    `sha256` is that of the certificate it is about, empty for the handshake.
    """

    finding: str
    what: str
    clients: tuple[Client, ...]
    sha256: str = ""


def of_handshake(tls: TlsFacts, *, by_dane: bool) -> Iterator[Refusal]:
    """Yield what ends the handshake of some senders that went well with us.

    `by_dane`: there are usable TLSA records; without them Postfix at `dane` does as at `may`.
    """
    seen = tls.negotiated
    if seen.secure_renegotiation is False:
        yield Refusal("tls.insecure-renegotiation", "no secure renegotiation", tuple(Client))
    if tls.version in OLD_VERSIONS:
        # OpenSSL 3 has TLS 1.1 and older at level 0 only
        yield _refusal("tls.old-version", tls.version, 0, by_dane=by_dane)
    for name, what, bits in (
        ("tls.weak-group", seen.group, of_group(seen.group)),
        ("tls.weak-signature", seen.signature, of_scheme(seen.signature)),
    ):
        if bits is not None and bits < LEVEL_BITS[-1]:
            yield _refusal(name, what, bits, by_dane=by_dane)


def _refusal(name: str, what: str, bits: int, *, by_dane: bool) -> Refusal:
    clients = _short_of(bits)
    return Refusal(name, what, tuple(one for one in clients if by_dane or one is not Client.DANE))


def _short_of(bits: int) -> tuple[Client, ...]:
    return tuple(one for one in Client if bits < LEVEL_BITS[_LEVELS[one]])


def of_certificates(chain: Iterable[CertificateFacts], *, rooted: bool) -> Iterator[Refusal]:
    """Yield what in a chain, leaf first, some senders refuse that verify it by public roots.

    `rooted`: the last one is the root. DANE has its own rules (`policy.dane`).
    """
    chain = tuple(chain)
    top = chain[-1:]
    anchored = rooted or any(one.subject == one.issuer for one in top)
    for weak in weaknesses(chain, LEVEL_BITS[-1], anchored=anchored):
        one = chain[weak.place]
        clients = tuple(each for each in _short_of(weak.bits) if each is not Client.DANE)
        name, what = (
            ("cert.weak-key", f"a key of {one.key}")
            if weak.of_key
            else ("cert.weak-sig", f"a signature with {one.signature_hash}")
        )
        yield Refusal(name, what, clients, one.sha256)


def first_of(refusals: Iterable[Refusal], *clients: Client) -> Refusal | None:
    """Return the first thing that one of some clients refuses; None when they take all."""
    return next((one for one in refusals if not set(clients).isdisjoint(one.clients)), None)


def why(refusal: Refusal, *clients: Client) -> str:
    """Return as a clause that some clients refuse something, those of them that do."""
    return f"{refusal.what}: refused by {named([one for one in clients if one in refusal.clients])}"


def named(clients: Sequence[Client]) -> str:
    """Return the names of clients in a row; all levels of Postfix in one."""
    levels = (Client.MAY, Client.DANE, Client.SECURE)
    if not set(levels) <= set(clients):
        return ", ".join(one.value for one in clients)
    others = [one.value for one in clients if one not in levels]
    return ", ".join(["Postfix at every level", *others])
