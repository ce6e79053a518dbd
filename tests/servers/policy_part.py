"""sts.test: a domain for each thing that may happen to an MTA-STS policy (RFC 8461), and TLSRPT.

All domains have the mail host mx.sts.test, which is right for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.servers.ground import Case, Ground, Part
from tests.servers.policy_server import (
    Site,
    cut,
    cut_in_chunks,
    dripping,
    gigabyte,
    page,
    policy,
    without_length,
)

MX: Final = 81
"""The number of the mail host's address."""

SERVER: Final = 80
"""The number of the address where the policies are."""

NOBODY: Final = 82
"""The number of an address where nobody listens."""

POLICY: Final = ("version: STSv1", "mode: enforce", "mx: *.sts.test", "max_age: 2419200")

TXT: Final = ("v=STSv1; id=20261101T0000",)
REPORTS: Final = ("v=TLSRPTv1; rua=mailto:tls@sts.test",)
MORE_REPORTS: Final = (*REPORTS, "v=TLSRPTv1; rua=mailto:more@sts.test")


def changed(**lines: str) -> Site:
    """Return the usual policy with other values, such as `mode="testing"`."""
    usual = dict(line.split(": ") for line in POLICY)
    return policy(*(f"{key}: {value}" for key, value in (usual | lines).items()))


@dataclass(frozen=True, slots=True)
class PolicyCase:
    """A domain below sts.test, what it serves, and the findings it must lead to."""

    name: str
    found: tuple[str, ...]
    site: Site | None
    """None: nothing is served."""
    txt: tuple[str, ...] = TXT
    certificate: str = "good"
    reports: tuple[str, ...] = REPORTS
    address: int | None = SERVER
    """The number of the policy host's address; None: there is no such host."""


USUAL: Final = policy(*POLICY)
BODY: Final = "\r\n".join(POLICY).encode()

POLICY_CASES: Final = (
    PolicyCase("good", (), USUAL),
    PolicyCase("testing", ("sts.testing",), changed(mode="testing")),
    PolicyCase("none", ("sts.none",), policy("version: STSv1", "mode: none", "max_age: 86400")),
    PolicyCase("short", ("sts.max-age-short",), changed(max_age="3600")),
    PolicyCase("uncovered", ("sts.mx-uncovered",), changed(mx="mx.elsewhere.test")),
    PolicyCase("testing-uncovered", ("sts.mx-uncovered",), changed(mode="testing", mx="a.test")),
    PolicyCase("base-domain", ("sts.mx-uncovered",), changed(mx="*.mx.sts.test")),
    PolicyCase("bare-lf", (), page("\n".join(POLICY).encode())),
    PolicyCase("parameters", (), page("\r\n".join(POLICY).encode(), "Text/Plain; charset=utf-8")),
    PolicyCase("no-version", ("sts.policy-syntax",), policy(*POLICY[1:])),
    PolicyCase("leading-dot", ("sts.policy-syntax",), changed(mx=".sts.test")),
    PolicyCase("empty", ("sts.policy-syntax",), page(b"")),
    PolicyCase("html", ("sts.type",), page(b"<html>Welcome</html>", "text/html")),
    PolicyCase("no-type", ("sts.type",), page("\r\n".join(POLICY).encode(), None)),
    PolicyCase(
        "redirect",
        ("sts.redirect",),
        page(b"", None, "301 Moved Permanently", "Location: https://mta-sts.good.sts.test/\r\n"),
    ),
    PolicyCase("missing", ("sts.fetch",), page(b"", status="404 Not Found")),
    PolicyCase("failing", ("sts.fetch",), page(b"", status="503 Service Unavailable")),
    PolicyCase("large", ("sts.size",), page("\r\n".join(POLICY).encode() + b"\r\n" * 40000)),
    PolicyCase("gigabyte", ("sts.size",), gigabyte()),
    PolicyCase("hang-up", ("sts.fetch",), Site(b"")),
    PolicyCase("no-http", ("sts.fetch",), Site(b"220 mta-sts.sts.test ESMTP\r\n")),
    PolicyCase("endless-field", ("sts.fetch",), Site(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536, 99)),
    PolicyCase("wrong-name", ("sts.cert",), USUAL, certificate="wrong-name"),
    PolicyCase("expired", ("sts.cert",), USUAL, certificate="expired"),
    PolicyCase("self-signed", ("sts.cert",), USUAL, certificate="self-signed"),
    PolicyCase("cn-only", ("sts.cert",), USUAL, certificate="cn-only"),
    PolicyCase("refused", ("sts.fetch",), None, address=NOBODY),
    PolicyCase("no-host", ("sts.fetch",), None, address=None),
    PolicyCase("two-records", ("sts.txt-multiple",), USUAL, (*TXT, "v=STSv1; id=2")),
    PolicyCase("no-id", ("sts.txt-syntax",), USUAL, ("v=STSv1;",)),
    PolicyCase("nearly", ("sts.txt-syntax",), USUAL, ("v=STSv1, id=20261101",)),
    PolicyCase("wrong-case", ("sts.txt-syntax",), USUAL, ("v=stsv1; id=20261101",)),
    PolicyCase("short-body", ("sts.fetch",), cut(BODY[:-10], len(BODY))),
    PolicyCase("no-last-chunk", ("sts.fetch",), cut_in_chunks(BODY)),
    PolicyCase("without-length", ("sts.fetch",), without_length(BODY)),
    PolicyCase("twice", ("sts.policy-syntax",), policy(*POLICY, "mode: testing")),
    PolicyCase("more-than-a-year", ("sts.policy-syntax",), changed(max_age="31557601")),
    PolicyCase("u-label", ("sts.policy-syntax",), policy(*POLICY, "mx: mx.exämple.test")),
    PolicyCase("final-dot", ("sts.policy-syntax", "sts.mx-uncovered"), changed(mx="mx.sts.test.")),
    PolicyCase("blank", ("sts.policy-syntax",), policy("version : STSv1", *POLICY[1:])),
    PolicyCase("no-txt", ("sts.txt-missing",), USUAL, ()),
    PolicyCase("no-reports", ("tlsrpt.absent",), USUAL, reports=()),
    PolicyCase(
        "two-reports",
        ("tlsrpt.multiple",),
        USUAL,
        reports=MORE_REPORTS,
    ),
    PolicyCase("nearly-reports", ("tlsrpt.syntax",), USUAL, reports=("v=TLSRPTv1, rua=mailto:a",)),
    PolicyCase("bad-reports", ("tlsrpt.syntax",), USUAL, reports=("v=TLSRPTv1; rua=nobody",)),
)

SLOW: Final = PolicyCase("dripping", ("sts.fetch",), dripping())
"""It takes a client as long as the client lets it."""

CASES: Final = tuple(Case(f"{case.name}.sts.test", case.found) for case in POLICY_CASES)


def lines(ground: Ground, case: PolicyCase) -> str:
    """Return the lines of a domain in the zone."""
    text = f"{case.name} MX 0 mx\n"
    text += "".join(f'_mta-sts.{case.name} TXT "{record}"\n' for record in case.txt)
    text += "".join(f'_smtp._tls.{case.name} TXT "{record}"\n' for record in case.reports)
    if case.address is not None:
        text += ground.a(f"mta-sts.{case.name}", case.address)
    return text


def policy_part(ground: Ground) -> Part:
    """Return the zone, its mail host and what the policy server says and shows."""
    served = {f"mta-sts.{case.name}.sts.test": case for case in (*POLICY_CASES, SLOW) if case.site}
    zone = ground.both("mx", MX)
    zone += "".join(lines(ground, case) for case in (*POLICY_CASES, SLOW))
    return Part(
        zones={"sts.test": zone},
        postfix=ground.hosts(MX, "mx.sts.test", ground.chain("good", "mx.sts.test")),
        sites={name: case.site for name, case in served.items() if case.site},
        site_chains={name: ground.chain(case.certificate, name) for name, case in served.items()},
    )
