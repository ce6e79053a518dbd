"""The plan: what is known decides which steps follow. Pure; `--plan` prints it.

A step begins as soon as those it rests on are done and its condition holds, so steps that rest on
nothing in common go side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.target import TargetKind
from smtpprobe.starttls.facts import Answer, Connect
from smtpprobe.why.fact_table import Part
from smtpprobe.why.facts import Known
from smtpprobe.why.request import Kind


class Step(Enum):
    """The steps; the value is the word in JSON."""

    HISTORY = "history"
    ADDRESS = "address"
    ELSEWHERE = "elsewhere"
    POLICIES = "policies"
    ROAD = "road"
    CONTROL = "control"
    TLS = "tls"
    OURS = "ours"
    SENDER_DOMAIN = "sender-domain"
    BOUNCES = "bounces"


class Planned(NamedTuple):
    """A row of the plan: what a step does, when, and what it rests on.

    `when` is the condition in words, `holds` the same as a function of what is known.
    """

    step: Step
    part: Part
    does: str
    when: str = "always"
    after: tuple[Step, ...] = ()
    holds: Callable[[Known], bool] = lambda _: True


def _has_sender(known: Known) -> bool:
    return bool(known.request.author_domain)


def _asks_of_bounces(known: Known) -> bool:
    """Return whether the sender's mail host is to be asked, and there may be one."""
    request = known.request
    return request.bounces and request.rcpt and known.answer("us.mx") is Answer.YES


def _has_history(known: Known) -> bool:
    return bool(known.request.log) or known.request.paste is not None


def _by_mx(known: Known) -> bool:
    request = known.request
    return request.kind is Kind.MX and request.target.kind is TargetKind.DOMAIN


def _has_host(known: Known) -> bool:
    facts = known.starttls
    return facts is not None and any(
        any(one.records for one in host.lookups) for host in facts.hosts
    )


def _dns_failed(known: Known) -> bool:
    """Return whether the way ends in DNS, and there is another resolver to ask."""
    failed = known.failed_lookup is not None and not _has_host(known)
    return failed and bool(known.request.other_resolver)


def _nobody_answers(known: Known) -> bool:
    """Return whether no address took a connection, and there is something to compare with."""
    places = known.places
    silent = bool(places) and all(one.connect in UNANSWERED for _, one in places)
    return silent and known.request.control is not None


UNANSWERED: Final = frozenset({Connect.TIMEOUT, Connect.UNREACHABLE})
"""How dialling ends where no server, and perhaps no network, let it begin."""

PLAN: Final = (
    Planned(
        Step.HISTORY, Part.HISTORY, "read what the logs say of this recipient, domain and host",
        "with --log or --paste", (Step.ADDRESS,), _has_history,
    ),
    Planned(Step.ADDRESS, Part.ADDRESS, "ask DNS for the mail hosts and their addresses"),
    Planned(
        Step.ELSEWHERE, Part.ADDRESS,
        "ask another resolver, ours without DNSSEC, and the name servers of the zone",
        "with --other-resolver, if DNS gives no answer", (Step.ADDRESS,), _dns_failed,
    ),
    Planned(
        Step.POLICIES, Part.TLS, "fetch the MTA-STS policy",
        "for mail that goes by MX, if there is a host", (Step.ADDRESS,),
        lambda known: _by_mx(known) and _has_host(known),
    ),
    Planned(
        Step.ROAD, Part.ROAD,
        "one session with each address: EHLO, STARTTLS, MAIL, RCPT, RSET, QUIT; where it refuses, "
        "again from <> and to postmaster",
        "if there is a host", (Step.ADDRESS,), _has_host,
    ),
    Planned(
        Step.CONTROL, Part.ROAD, "dial port 25 of the control host",
        "with --control, if no address answers", (Step.ROAD,), _nobody_answers,
    ),
    Planned(
        Step.OURS, Part.US, "look up our address as they see it: PTR, EHLO name, SPF, lists",
        "if there is a host", (Step.ROAD,), _has_host,
    ),
    Planned(
        Step.SENDER_DOMAIN, Part.US,
        "look up DMARC, DKIM keys and the return path of the sender's domain",
        "if --from or --header-from names a domain", (Step.ADDRESS,), _has_sender,
    ),
    Planned(
        Step.BOUNCES, Part.US, "ask the sender's mail host: MAIL FROM:<>, RCPT TO the sender",
        "with --bounces, if the sender's domain has a mail host", (Step.SENDER_DOMAIN,),
        _asks_of_bounces,
    ),
    Planned(
        Step.TLS, Part.TLS, "judge what DANE and MTA-STS senders would do",
        "for mail that goes by MX, if there is a host", (Step.ROAD, Step.POLICIES),
        lambda known: _by_mx(known) and _has_host(known),
    ),
)  # fmt: skip


def due(known: Known, begun: Iterable[Step], done: Iterable[Step]) -> tuple[Planned, ...]:
    """Return the steps that can begin now, in the order of the plan."""
    started, ended = frozenset(begun), frozenset(done)
    return tuple(
        row
        for row in PLAN
        if row.step not in started and ended.issuperset(row.after) and row.holds(known)
    )
