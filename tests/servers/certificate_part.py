"""certs.test: a mail host for every kind of certificate, in Postfix; exim.test: some, in Exim.

Each domain is its own mail host: `expired.certs.test`, `rsa-1024.certs.test` and so on.
"""

from __future__ import annotations

from typing import Final

from tests.servers.certificate_kinds import KINDS
from tests.servers.ground import Case, Ground, Part

FIRST: Final = 30
"""The number of the first kind's address."""

FOUND: Final[dict[str, tuple[str, ...]]] = {
    "expired": ("cert.expired",),
    "expiring": ("cert.expiring",),
    "not-yet-valid": ("cert.expired",),
    "self-signed": ("cert.untrusted",),
    "unknown-ca": ("cert.untrusted",),
    "wrong-name": ("cert.name",),
    "cn-only": ("cert.cn-only",),
    "incomplete": ("cert.missing-intermediate",),
    "out-of-order": ("cert.order",),
    "superfluous": ("cert.order",),
    "rsa-1024": ("cert.weak-key",),
    "sha1": ("cert.weak-sig",),
    "no-names": ("cert.name",),
    "nul-in-name": ("cert.name",),
    "must-staple": ("cert.must-staple",),
    "name-constrained": ("cert.untrusted",),
    "client-purpose": ("cert.purpose",),
    "issuer-not-ca": ("cert.untrusted",),
    "path-too-long": ("cert.untrusted",),
}
"""The findings about certificates that a kind must lead to; for the others, anything or none."""

FAULTLESS: Final = ("good", "good-rsa", "until-9999", "wildcard")
"""Kinds with nothing to find."""

EXIM: Final = {"good": 20, "expired": 21, "unreadable": 22}
"""The hosts below exim.test and the numbers of their addresses."""

CASES: Final = (
    *(Case(f"{kind}.certs.test", FOUND.get(kind, ())) for kind in KINDS),
    Case("good.exim.test"),
    Case("expired.exim.test", ("cert.expired",)),
    Case("unreadable.exim.test", ("starttls.refused",)),
)


def certificate_part(ground: Ground) -> Part:
    """Return the zones and their servers; `unreadable` has a key that Exim cannot read."""
    numbers = {kind: FIRST + position for position, kind in enumerate(KINDS)}
    names = {kind: f"{kind}.certs.test" for kind in KINDS}
    chains = {kind: ground.chain(kind, name) for kind, name in names.items()}
    good = ground.chain("good", "good.exim.test")
    expired = ground.chain("expired", "expired.exim.test")
    return Part(
        zones={
            "certs.test": "".join(
                f"{kind} MX 0 {kind}\n" + ground.a(kind, number) for kind, number in numbers.items()
            ),
            "exim.test": "".join(
                f"{host} MX 0 {host}\n" + ground.both(host, number) for host, number in EXIM.items()
            ),
        },
        postfix=[ground.host(numbers[kind], names[kind], chains[kind]) for kind in KINDS],
        exim=[
            *ground.hosts(EXIM["good"], "good.exim.test", good),
            *ground.hosts(EXIM["expired"], "expired.exim.test", expired),
            *ground.hosts(EXIM["unreadable"], "unreadable.exim.test"),
        ],
    )
