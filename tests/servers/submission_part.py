"""submit.test: domains that name their servers for submission by SRV (RFC 6186, RFC 8314)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tests.servers.ground import Case, Ground, Part

BOTH: Final = 95
STARTTLS_ONLY: Final = 96
"""The numbers of the addresses: one host listens on both ports, the other one only on 587."""

CASES: Final = (
    Case("both.submit.test"),
    Case("only-587.submit.test", ("submission.465-missing",)),
    Case("dead-465.submit.test", ("conn.refused", "submission.465-missing")),
    Case("only-465.submit.test"),
    Case("swapped.submit.test", ("conn.tls-at-once", "tls.handshake")),
    Case("dane.submit.test", ("dane.no-match",)),
    Case("none.submit.test", ("submission.none",)),
    Case("nothing.submit.test", ("dns.no-mail-host",)),
)

LINES: Final = """\
_submission._tcp.both       SRV 0 1 {submission} mx
_submissions._tcp.both      SRV 0 1 {smtps} mx
_submission._tcp.only-587   SRV 0 1 {submission} starttls
_submission._tcp.dead-465   SRV 0 1 {submission} starttls
_submissions._tcp.dead-465  SRV 0 1 {smtps} starttls
_submission._tcp.only-465   SRV 0 0 0 .
_submissions._tcp.only-465  SRV 0 1 {smtps} mx
_submission._tcp.swapped    SRV 0 1 {smtps} mx
_submissions._tcp.swapped   SRV 0 1 {submission} mx
_submission._tcp.dane       SRV 0 1 {submission} keyed
_submissions._tcp.dane      SRV 0 1 {smtps} keyed
_submission._tcp.none       SRV 0 0 0 .
_submissions._tcp.none      SRV 0 0 0 .
nothing                     TXT "no SRV record"
_{submission}._tcp.keyed    TLSA {right}
_{smtps}._tcp.keyed         TLSA {wrong}
"""
"""`swapped` has each port under the name of the other."""


def submission_part(ground: Ground) -> Part:
    """Return the zone and its two hosts; every domain is signed, one has TLSA records."""
    network = ground.network
    chain = ground.chain("good", "*.submit.test")
    stale = ground.chain("self-signed", "stale.submit.test")
    ports = {"submission": network.submission_port, "smtps": network.smtps_port}
    zone = LINES.format(**ports, right=chain.tlsa(3, 1, 1), wrong=stale.tlsa(3, 1, 1))
    zone += ground.a("mx", BOTH) + ground.a("keyed", BOTH) + ground.a("starttls", STARTTLS_ONLY)
    both = ground.host(BOTH, "mx.submit.test", chain)
    starttls = ground.host(STARTTLS_ONLY, "starttls.submit.test", chain)
    return Part(
        zones={"submit.test": zone},
        postfix=[
            replace(both, port=network.submission_port),
            replace(both, port=network.smtps_port, implicit_tls=True),
            replace(starttls, port=network.submission_port),
        ],
    )
