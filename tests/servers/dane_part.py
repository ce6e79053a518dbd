"""dane.test, signed, and plain.test, which is not: a domain for each thing DANE has to tell apart.

Most domains are their own mail host. The certificates are for `*.dane.test`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.servers import dns_zone
from tests.servers.certificates import Chain, tlsa_data
from tests.servers.ground import Ground, Part
from tests.servers.posttls_finger import Status, Verdict
from tests.servers.signed_zone import Signing

VERIFIED, TRUSTED, UNTRUSTED, NO_TLS = (
    Status.VERIFIED,
    Status.TRUSTED,
    Status.UNTRUSTED,
    Status.NO_TLS,
)

MATCH, NO_MATCH, UNUSABLE, NONE, INSECURE, ERROR, DISPUTED = (
    "match",
    "no-match",
    "unusable",
    "none",
    "insecure",
    "error",
    "disputed",
)
"""What a DANE sender makes of the host (RFC 7672, 2.2); the last: what senders differ on."""

SERVERS: Final = {
    "good": 10,
    "expired": 11,
    "wrong-name": 12,
    "self-signed": 13,
    "plain": 14,
    "two-keys": 15,
    "nexthop": 16,
    "references": 17,
}
"""The servers by what is the matter with them, and the numbers of their addresses."""


@dataclass(frozen=True, slots=True)
class DaneCase:
    """A domain, what DANE senders make of it, and what posttls-finger says at level `dane`.

    Where there is no record of usage 2 or 3 posttls-finger does as at level `secure`; where none
    of those can be used the best it says is Trusted. The last word of a record says of what:
    `leaf` and `issuer` of the server, `root` above them, or `stale`.
    """

    name: str
    verdict: str
    finger: Status
    records: tuple[str, ...] = ()
    server: str = "good"
    zone: str = "dane.test"
    raw_key: Status | None = None
    """What it says, if that differs, where it was shown no certificate but a raw public key."""

    def expected(self, verdict: Verdict) -> Status:
        """Return what posttls-finger has to say, by what it was shown."""
        return self.raw_key if self.raw_key and verdict.saw_raw_key else self.finger

    @property
    def domain(self) -> str:
        """Its whole name."""
        return f"{self.name}.{self.zone}"


SELF_HOSTED: Final = (
    # RFC 7672, 3.1.1: DANE-EE
    DaneCase("ee", MATCH, VERIFIED, ("3 1 1 leaf",)),
    DaneCase("ee-certificate-sha512", MATCH, VERIFIED, ("3 0 2 leaf",)),
    DaneCase("ee-whole-key", MATCH, VERIFIED, ("3 1 0 leaf",)),
    DaneCase("ee-whole-certificate", MATCH, VERIFIED, ("3 0 0 leaf",)),
    DaneCase("ee-stale", NO_MATCH, UNTRUSTED, ("3 1 1 stale",)),
    DaneCase("ee-rollover", MATCH, VERIFIED, ("3 1 1 stale", "3 1 1 leaf")),
    DaneCase("ee-expired", MATCH, VERIFIED, ("3 1 1 leaf",), "expired"),
    DaneCase("ee-wrong-name", MATCH, VERIFIED, ("3 1 1 leaf",), "wrong-name"),
    DaneCase("ee-self-signed", MATCH, VERIFIED, ("3 1 1 leaf",), "self-signed"),
    DaneCase("two-keys", MATCH, VERIFIED, ("3 1 1 leaf", "3 1 1 other"), "two-keys"),
    # 3.1.2: DANE-TA
    DaneCase("ta", MATCH, VERIFIED, ("2 1 1 issuer",)),
    DaneCase("ta-certificate", MATCH, VERIFIED, ("2 0 1 issuer",)),
    DaneCase("ta-stale", NO_MATCH, UNTRUSTED, ("2 1 1 stale",)),
    DaneCase("ta-not-sent", NO_MATCH, UNTRUSTED, ("2 0 1 root",)),
    DaneCase("ta-in-dns", MATCH, VERIFIED, ("2 0 0 root",)),
    DaneCase("ta-key-in-dns", MATCH, VERIFIED, ("2 1 0 root",)),
    DaneCase("ta-two-keys", MATCH, VERIFIED, ("2 1 1 issuer",), "two-keys"),
    DaneCase("ta-expired", NO_MATCH, UNTRUSTED, ("2 1 1 issuer",), "expired"),
    DaneCase("ta-wrong-name", NO_MATCH, UNTRUSTED, ("2 1 1 issuer",), "wrong-name"),
    # 3.1.3: what cannot be used, and what stands beside it
    DaneCase("pkix-ee", UNUSABLE, VERIFIED, ("1 1 1 leaf",)),
    DaneCase("pkix-ta", UNUSABLE, VERIFIED, ("0 0 1 issuer",)),
    DaneCase("pkix-beside-ee", MATCH, VERIFIED, ("1 1 1 stale", "3 1 1 leaf")),
    DaneCase("pkix-beside-stale", NO_MATCH, UNTRUSTED, ("1 1 1 leaf", "3 1 1 stale")),
    DaneCase("unknown-usage", UNUSABLE, VERIFIED, ("9 1 1 stale",)),
    DaneCase("unknown-selector", UNUSABLE, TRUSTED, ("3 9 1 stale",), raw_key=UNTRUSTED),
    DaneCase("unknown-type", UNUSABLE, TRUSTED, ("3 1 9 stale",), raw_key=UNTRUSTED),
    DaneCase("unusable-self-signed", UNUSABLE, UNTRUSTED, ("3 1 9 stale",), "self-signed"),
    DaneCase("no-certificate-in-dns", UNUSABLE, UNTRUSTED, ("2 0 0 rubbish",), "self-signed"),
    # RFC 7671, 9: digest agility, of which OpenSSL knows nothing when it matches a raw key
    DaneCase("agility-1", NO_MATCH, UNTRUSTED, ("3 1 1 leaf", "3 1 2 stale"), raw_key=VERIFIED),
    DaneCase("agility-2", MATCH, VERIFIED, ("3 1 1 stale", "3 1 2 leaf")),
    DaneCase("agility-3", MATCH, VERIFIED, ("3 1 0 leaf", "3 1 2 stale")),
    DaneCase("agility-4", MATCH, VERIFIED, ("3 0 1 leaf", "3 1 2 stale")),
    DaneCase("agility-5", MATCH, VERIFIED, ("2 1 1 issuer", "3 1 2 stale")),
    DaneCase("agility-short", MATCH, VERIFIED, ("3 1 1 leaf", "3 1 2 short")),
    # no TLS, or no DANE
    DaneCase("no-starttls", NO_MATCH, NO_TLS, ("3 1 1 leaf",), "plain"),
    DaneCase("no-records", NONE, VERIFIED),
    DaneCase("no-records-self-signed", NONE, UNTRUSTED, (), "self-signed"),
)

SECOND_CERTIFICATE: Final = DaneCase("second-key", NO_MATCH, VERIFIED, ("3 1 1 leaf",), "two-keys")
"""Only senders that get the other certificate see it fail; posttls-finger gets the first."""

OTHERS: Final = (
    # 2.2.3: the base domain, and 3.2.2: the names a certificate may have
    DaneCase("alias", MATCH, VERIFIED),
    DaneCase("alias-original", MATCH, VERIFIED),
    DaneCase("alias-to-insecure", MATCH, VERIFIED),
    DaneCase("alias-of-record", MATCH, VERIFIED),
    DaneCase("nexthop", MATCH, VERIFIED),
    DaneCase("to-real", MATCH, VERIFIED),
    DaneCase("first", MATCH, VERIFIED),
    DaneCase("two-steps", NO_MATCH, UNTRUSTED),
    DaneCase("original-host-name", NO_MATCH, UNTRUSTED),
    DaneCase("to-references", DISPUTED, UNTRUSTED),
    DaneCase("to-insecure-domain", DISPUTED, TRUSTED),
    DaneCase("insecure-nexthop", DISPUTED, TRUSTED, zone="plain.test"),
    # 2.1: what is not secure
    DaneCase("host-insecure", INSECURE, UNTRUSTED),
    # 2.1.2: an error is not absence
    DaneCase("tlsa-servfail", ERROR, NO_TLS),
    DaneCase("tlsa-silent", ERROR, NO_TLS),
    DaneCase("tlsa-bogus", ERROR, NO_TLS),
    DaneCase("denial-bogus", ERROR, NO_TLS),
    DaneCase("alias-error", ERROR, NO_TLS),
    DaneCase("address-bogus", ERROR, NO_TLS),
    DaneCase("mx-bogus", ERROR, NO_TLS),
)
"""Domains with lines of their own in OTHER_LINES."""

OTHER_LINES: Final = """\
alias              MX 0 to-ee
to-ee              CNAME ee-self-signed
alias-original     MX 0 to-bare
to-bare            CNAME bare
bare               A {self-signed}
{tlsa}.to-bare     TLSA {self-signed-leaf}
alias-to-insecure  MX 0 to-insecure
to-insecure        CNAME bare.plain.test.
{tlsa}.to-insecure TLSA {self-signed-leaf}
alias-of-record    MX 0 alias-of-record
alias-of-record    A {self-signed}
{tlsa}.alias-of-record CNAME record
record             TLSA {self-signed-leaf}
nexthop            MX 0 mx.nexthop
mx.nexthop         A {nexthop}
{tlsa}.mx.nexthop  TLSA {nexthop-issuer}
references         A {references}
{tlsa}.references  TLSA {references-issuer}
to-real            CNAME real
real               MX 0 references
first              CNAME second
second             MX 0 references
two-steps          CNAME middle
middle             CNAME last
last               MX 0 references
to-insecure-domain CNAME domain.plain.test.
original-host-name MX 0 to-references
to-references      CNAME references
host-insecure      MX 0 host.plain.test.
tlsa-servfail      MX 0 tlsa-servfail
tlsa-servfail      A {good}
tlsa-silent        MX 0 tlsa-silent
tlsa-silent        A {good}
tlsa-bogus         MX 0 tlsa-bogus
tlsa-bogus         A {good}
{tlsa}.tlsa-bogus  TLSA {good-leaf}
denial-bogus       MX 0 denial-bogus
denial-bogus       A {good}
alias-error        MX 0 to-error
to-error           CNAME tlsa-servfail
{tlsa}.to-error    TLSA {good-leaf}
address-bogus      MX 0 host.address-bogus
host.address-bogus A {good}
mx-bogus           MX 0 ee
"""

PLAIN_LINES: Final = """\
@            MX 0 ee-self-signed.dane.test.
domain       MX 0 references.dane.test.
insecure-nexthop MX 0 references.dane.test.
bare         A {self-signed}
host         A {self-signed}
{tlsa}.host  TLSA {self-signed-leaf}
"""
"""plain.test itself has an insecure MX to a host with secure records (RFC 7672, 2.2.1)."""

REFERENCES: Final = (
    *("real.dane.test", "first.dane.test", "middle.dane.test", "to-references.dane.test"),
    *("domain.plain.test", "insecure-nexthop.plain.test"),
)
"""What the certificate of `references` is for: not for the host, but for what led to it."""

RECORDS_OF_MANY: Final = 1000
"""All at m.test: with a longer name Unbound finds the set too big to verify."""


def chains(ground: Ground) -> dict[str, tuple[Chain, ...]]:
    """Return what each of the servers shows."""
    names = ["*.dane.test", "m.test"]
    kinds = ("good", "expired", "wrong-name", "self-signed")
    return {
        **{kind: (ground.chain(kind, *names),) for kind in kinds},
        "plain": (),
        "two-keys": (ground.chain("good", *names), ground.chain("good-rsa", *names)),
        "nexthop": (ground.chain("good", "nexthop.dane.test"),),
        "references": (ground.chain("good", *REFERENCES),),
    }


def record(ground: Ground, wanted: str, shown: Sequence[Chain]) -> str:
    """Return a TLSA record whose last word names what it is of."""
    chain = shown[0]
    usage, selector, kind, of = wanted.split()
    if of == "rubbish":
        return f"{usage} {selector} {kind} 00"
    ders = {
        "leaf": chain.sent[0],
        "other": shown[-1].sent[0],
        "issuer": chain.sent[-1],
        "root": ground.authorities.root.der,
        "stale": ground.authorities.stranger.der,
    }
    return f"{usage} {selector} {kind} {tlsa_data(ders[of], int(selector), int(kind)).hex()}"


def self_hosted(ground: Ground, case: DaneCase, shown: Mapping[str, tuple[Chain, ...]]) -> str:
    """Return the lines of a domain that is its own mail host."""
    chains = shown[case.server] or shown["good"]
    lines = f"{case.name} MX 0 {case.name}\n" + ground.a(case.name, SERVERS[case.server])
    for wanted in case.records:
        if not wanted.endswith("short"):
            lines += ground.tlsa(case.name, record(ground, wanted, chains))
    return lines


def dane_part(ground: Ground) -> Part:
    """Return the two zones, and m.test with its thousand records, and their servers."""
    shown = chains(ground)
    words = {"tlsa": f"_{ground.network.smtp_port}._tcp"}
    for server, number in SERVERS.items():
        words[server] = ground.network.address(number)
        for chain in shown[server]:
            words[f"{server}-leaf"] = chain.tlsa(3, 1, 1)
            words[f"{server}-issuer"] = Chain(chain.sent[-1:], chain.key).tlsa(2, 1, 1)
    hosted = "".join(
        self_hosted(ground, case, shown) for case in (*SELF_HOSTED, SECOND_CERTIFICATE)
    )
    many = "@ MX 0 @\n" + ground.a("@", SERVERS["self-signed"])
    for number in range(RECORDS_OF_MANY - 1):
        many += f"{words['tlsa']} TLSA 3 1 1 {number:064x}\n"
    many += f"{words['tlsa']} TLSA {words['self-signed-leaf']}\n"
    tlsa = words["tlsa"]
    return Part(
        zones={
            "dane.test": hosted + OTHER_LINES.format_map(words),
            "plain.test": PLAIN_LINES.format_map(words),
            "m.test": many,
        },
        signing={"plain.test": Signing.NONE},
        unreadable={f"{tlsa}.agility-short.dane.test": [b"\3\1\2" + bytes(20)]},
        faults=dns_zone.Faults(
            servfail={f"{tlsa}.tlsa-servfail.dane.test/TLSA"},
            silent={f"{tlsa}.tlsa-silent.dane.test/TLSA"},
            forged={
                f"{tlsa}.tlsa-bogus.dane.test/TLSA",
                f"{tlsa}.denial-bogus.dane.test/TLSA",
                "host.address-bogus.dane.test",
                "mx-bogus.dane.test/MX",
            },
        ),
        postfix=[
            ground.host(number, f"{server}.dane.test", *shown[server])
            for server, number in SERVERS.items()
        ],
    )
