"""What DNS says in the lab: there.test with a domain for each world, here.test of the senders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tests.servers.certificates import Chain
from tests.servers.dns_zone import Faults
from tests.servers.ground import Part
from tests.servers.signed_zone import Signing
from tests.why.lab import places
from tests.why.worlds import World

THERE: Final = ".there.test"

HOSTS: Final[Mapping[str, Mapping[str, int | str]]] = {
    "well-four-mx": {
        "mx1": places.GOOD,
        **{f"mx{n}": number for n, number in enumerate(places.MORE_GOOD, 2)},
    },
    "well-self-signed": {"mx": places.SELF_SIGNED},
    "well-tls-required": {"mx": places.TLS_ONLY},
    "expired-dane-ee": {"mx": places.EXPIRED},
    "sts-expired": {"mx": places.EXPIRED},
    "sts-without-starttls": {"mx": places.PLAIN},
    "sts-one-mx-expired": {"mx1": places.EXPIRED, "mx2": places.GOOD},
    "nobody-without-ptr": {"mx": places.GOOD_NAMELESS},
    "backup-mx-takes-all": {"mx1": places.GOOD, "mx2": places.EXIM},
    "unknown-user-soft": {"mx": places.SOFT},
    "not-accepting-mail": {"mx": places.NO_SERVICE},
    "helo-only": {"mx": places.HELO_ONLY},
    "dead-mx-and-greylisting": {"mx1": places.DEAD, "mx2": places.GOOD},
    "self-signed-for-pkix": {"mx": places.SELF_SIGNED},
    "mx-private": {"mx": "10.9.9.9"},
    "http-at-port-25": {"mx": places.WEB},
    "tls-at-port-25": {"mx": places.TLS_AT_ONCE},
    "yahoo-deferred": {"mx": places.DEFERRING},
    "microsoft-own-list": {"mx": places.LISTING},
    "backup-mx-relay-denied": {"mx1": places.GOOD, "mx2": places.EXIM},
    "mx-of-two-minds": {"mx1": places.GOOD, "mx2": places.EXIM},
    "client-refused": {"mx": places.EXIM_CLOSED},
    "client-refused-as-unknown": {"mx": places.EXIM_LIAR},
    "sts-testing-expired": {"mx": places.EXPIRED},
    "dane-without-starttls": {"mx": places.PLAIN},
    "overloaded": {"mx": places.OVERLOADED},
    "too-many-connections": {"mx": places.CROWDED},
    "rate-limited": {"mx": places.COUNTING},
    "dead-first-mx": {"mx1": places.DEAD, "mx2": places.GOOD},
    "silent-first-mx": {"mx1": places.SILENT[0], "mx2": places.GOOD},
    "all-mx-refuse": {"mx1": places.DEAD, "mx2": places.DEAD_TOO},
    "all-mx-silent": {"mx1": places.SILENT[0], "mx2": places.SILENT[1]},
    "port-25-blocked": {"mx1": places.SILENT[0], "mx2": places.SILENT[1]},
    "port-25-unknown": {"mx": places.SILENT[2]},
    "mute": {"mx": places.MUTE},
    "greeting-delay": {"mx": places.EXIM_SLOW},
    "tarpit": {"mx": places.TARPIT},
    "middlebox": {"mx": places.MIDDLEBOX},
    "middlebox-and-tls-required": {"mx": places.MIDDLEBOX_TLS},
    "no-ptr": {"mx": places.GOOD_NAMELESS},
    "ptr-unconfirmed": {"mx": places.GOOD_UNCONFIRMED},
    "ip-blocked-greeting": {"mx": places.EXIM_LISTED},
    "behind-nat": {"mx": places.GOOD_PRIVATE},
    "behind-nat-refused": {"mx": places.EXIM_PRIVATE},
    "starttls-broken": {"mx": places.EXIM_BROKEN_TLS},
    "starttls-broken-harmless": {"mx": places.EXIM_BROKEN_TLS_HARMLESS},
    **{
        name: {"mx": places.EXIM}
        for name in (
            *("recipient-refused", "own-domain-from-outside", "ip-blocked-postmaster-spared"),
            *("sender-refused", "sender-refused-as-unknown", "spf-fail-unsaid"),
            *("sender-refuses-bounces", "no-smtputf8", "plus-sender-refused"),
            *("bounces-asked", "gmail-unauthenticated", "usuario-desconocido"),
        )
    },
}
"""The mail hosts of a domain below there.test, the first preferred; others have one, in GOOD."""

INSTEAD: Final[Mapping[str, str]] = {
    "well-without-mx": f"well-without-mx A {places.address(places.GOOD)}\n",
    "web-server-alone": f"web-server-alone A {places.address(places.DEAD)}\n",
    "mx-is-loopback": "mx-is-loopback MX 0 mx.mx-is-loopback\nmx.mx-is-loopback A 127.0.0.1\n",
    "no-such-domain": "",
    "null-mx": "null-mx MX 0 .\n",
    "no-mx-no-address": 'no-mx-no-address TXT "v=spf1 -all"\n',
    "mx-is-address": f"mx-is-address MX 0 {places.address(places.GOOD)}.\n",
    "mx-without-address": "mx-without-address MX 0 mx.mx-without-address\n",
    "mx-alias-to-nowhere": (
        "mx-alias-to-nowhere MX 0 mx.mx-alias-to-nowhere\n"
        "mx.mx-alias-to-nowhere CNAME gone.mx-alias-to-nowhere\n"
    ),
    "mx-host-servfail": "mx-host-servfail MX 0 mx.failing.test.\n",
    "cname-mx": (
        "cname-mx MX 0 alias.cname-mx\n"
        "alias.cname-mx CNAME mx.cname-mx\n"
        f"mx.cname-mx A {places.address(places.GOOD)}\n"
    ),
}
"""The lines of domains whose mail hosts are not simply hosts."""

POLICIES: Final = {
    **dict.fromkeys(
        ("well-dane-and-sts", "sts-expired", "sts-without-starttls", "sts-wrong-name"),
        ("enforce", "mx.{domain}"),
    ),
    "sts-one-mx-expired": ("enforce", "*.{domain}"),
    "sts-mx-not-named": ("enforce", "mx.elsewhere.test"),
    "sts-testing-expired": ("testing", "mx.{domain}"),
}
"""The MTA-STS policies: the mode, and the MX that is named."""

SAME_PREFERENCE: Final = ("well-four-mx", "mx-of-two-minds")

SENDERS: Final = f"""\
@ MX 10 mx
@ TXT "v=spf1 ip4:{places.CLIENT} ip4:198.18.1.0/24 -all"
_dmarc TXT "v=DMARC1; p=none"
mx A {places.address(places.GOOD)}
out A {places.CLIENT}
unconfirmed A 198.18.1.99
control A {places.address(places.GOOD)}
blocked-control A {places.address(places.CONTROL_BLOCKED)}
submission A {places.address(places.SUBMISSION)}
submission-owned A {places.address(places.SUBMISSION_OWNED)}
submission-465 A {places.address(places.SUBMISSION_465)}
spf-two MX 10 mx
spf-two TXT "v=spf1 ip4:{places.CLIENT} -all"
spf-two TXT "v=spf1 include:spf.elsewhere.test ~all"
spf-fail MX 10 mx
spf-fail TXT "v=spf1 ip4:198.18.77.0/24 -all"
dmarc MX 10 mx
dmarc TXT "v=spf1 ip4:198.18.77.0/24 ~all"
_dmarc.dmarc TXT "v=DMARC1; p=reject"
listed MX 10 mx
listed TXT "v=spf1 ip4:{places.CLIENT} -all"
no-mail TXT "v=spf1 ip4:{places.CLIENT} -all"
no-bounces MX 10 mx.no-bounces
no-bounces TXT "v=spf1 ip4:{places.CLIENT} -all"
mx.no-bounces A {places.address(places.NO_BOUNCES)}
"""

REVERSE: Final = {
    "2.0.192.in-addr.arpa": "1 PTR out.here.test.\n",
    "18.198.in-addr.arpa": "2.1 PTR unconfirmed.here.test.\n",
}

LISTS: Final = {
    "bl.test": "1.2.0.192 A 127.0.0.2\n",
    "dbl.test": "listed.here.test A 127.0.1.2\n",
}

RESOLVER: Final = """\
server:
    local-zone: "2.0.192.in-addr.arpa." nodefault
"""
"""What Unbound would answer by itself: TEST-NET-1 has no names (RFC 6303)."""


def label(world: World) -> str:
    """Return the first label of a world's domain, as DNS has it."""
    return world.domain.removesuffix(THERE).encode("idna").decode()


def hosts(world: World) -> Mapping[str, int | str]:
    """Return the mail hosts of a world by their full names, and the number or address of each."""
    if not world.domain.endswith(THERE) or world.id in INSTEAD:
        return {}
    own = HOSTS.get(world.id, {"mx": places.GOOD})
    return {f"{name}.{label(world)}{THERE}": place for name, place in own.items()}


def lines(world: World) -> str:
    """Return the lines of a world in there.test."""
    if world.id in INSTEAD:
        return INSTEAD[world.id]
    preference = 10
    text = ""
    for name, place in hosts(world).items():
        short = name.removesuffix(THERE)
        where = place if isinstance(place, str) else places.address(place)
        text += f"{label(world)} MX {preference} {short}\n{short} A {where}\n"
        alike = world.id in SAME_PREFERENCE and name.startswith(("mx1.mx-", "mx2", "mx3"))
        preference += 0 if alike else 10
    if world.id == "ipv6-broken":
        text += f"mx.ipv6-broken AAAA {places.SILENT6}\n"
    if world.id == "ipv6-without-ptr":
        text += f"mx.ipv6-without-ptr AAAA {places.WITHOUT_PTR6}\n"
    if world.id in POLICIES:
        text += f'_mta-sts.{label(world)} TXT "v=STSv1; id=1"\n'
        text += f"mta-sts.{label(world)} A {places.address(places.POLICIES)}\n"
    return text


def zones(worlds: Sequence[World], good: Chain, expired: Chain) -> Part:
    """Return all zones; `good` and `expired` are the certificates that TLSA records are about."""
    there = "".join(lines(world) for world in worlds if world.domain.endswith(THERE))
    for name, record in (
        ("mx.well-dane-and-sts", good.tlsa(3, 1, 1)),
        ("mx.expired-dane-ee", expired.tlsa(3, 1, 1)),
        ("mx.dane-mismatch", expired.tlsa(3, 1, 1)),
        ("mx.dane-without-starttls", good.tlsa(3, 1, 1)),
    ):
        there += f"_25._tcp.{name} TLSA {record}\n"
    own = f"@ MX 0 mx\nmx A {places.address(places.GOOD)}\n"
    return Part(
        zones={
            "there.test": there,
            "here.test": SENDERS,
            "bogus.test": own,
            "lame.test": own,
            "failing.test": own,
            **REVERSE,
            **LISTS,
        },
        signing={
            "bogus.test": Signing.EXPIRED,
            **dict.fromkeys(("lame.test", "failing.test", *LISTS), Signing.NONE),
        },
        faults=Faults(
            refused={
                f"{name}/{kind}"
                for name in ("lame.test", "mx.failing.test")
                for kind in ("MX", "A", "AAAA", "TXT", "SOA", "NS", "DNSKEY", "TLSA")
            }
        ),
    )
