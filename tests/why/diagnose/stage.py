"""What is known, made of plain facts and trials; replies are read by the program's own tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from smtpprobe.api.offline import explain
from smtpprobe.policy.dns_answer import Lookup, answered
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import AddressFacts, Answer, Connect, Facts, HostFacts, Said
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Fact, Known, Purpose, Trial
from smtpprobe.why.request import Request

AT = datetime(2026, 11, 30, tzinfo=UTC)
ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test", client="out.here.test")
MX = answered("there.test", "MX", records=("10 mx.there.test",))
OURS = Fact("us.address", Answer.YES, data=(("ip", "192.0.2.1"),))


def host(name: str = "mx.there.test", ip: str = "198.51.100.1", preference: int = 10,
         connect: Connect = Connect.OK, **changes: object) -> HostFacts:  # fmt: skip
    """A mail host with one address."""
    address = AddressFacts(ip, 25, connect=connect)._replace(**changes)  # type: ignore[arg-type]
    found = answered(name, "A", records=(ip,))
    return HostFacts(name, 25, preference, lookups=(found,), addresses=(address,))


def facts(*hosts: HostFacts, mx: Lookup = MX) -> Facts:
    """What DNS says, and the hosts that were reached."""
    return Facts(ASKED.target, 25, None, AT, "there.test", lookups=(mx,), hosts=hosts)


def trial(reply: str, purpose: Purpose = Purpose.REAL, at: HostFacts | None = None,
          stage: Stage = Stage.RCPT) -> Trial:  # fmt: skip
    """A trial that got a reply, or for an empty text none."""
    place = at or host()
    sender = "" if purpose is Purpose.NULL_SENDER else "me@here.test"
    to = "postmaster@there.test" if purpose is Purpose.POSTMASTER else "anna@there.test"
    blank = Trial(place.name, place.addresses[0].ip, purpose, sender, to, stage)
    if not reply:
        return replace(blank, lost="no answer to RCPT within 30s")
    command = {Stage.GREETING: "CONNECT", Stage.MAIL: "MAIL"}.get(stage, "RCPT")
    code, _, text = reply.partition(" ")
    return replace(blank, reply=Said(int(code), text), reading=explain(reply, command))


def known(*told: Fact | Trial, hosts: tuple[HostFacts, ...] | None = None,
          request: Request = ASKED, mx: Lookup = MX) -> Known:  # fmt: skip
    """Everything that was told, of one well host unless others are given."""
    found = facts(*(hosts if hosts is not None else (host(),)), mx=mx)
    return Known(
        request,
        tuple(one for one in told if isinstance(one, Fact)),
        tuple(one for one in told if isinstance(one, Trial)),
        starttls=found,
    )


def verdict(*told: Fact | Trial, **more: object) -> Verdict:
    """The verdict on all that."""
    return diagnose(known(*told, **more))  # type: ignore[arg-type]


def yes(id_: str, value: str = "", **data: str) -> Fact:
    return Fact(id_, Answer.YES, value=value, data=tuple(data.items()))


def no(id_: str, value: str = "", **data: str) -> Fact:
    return Fact(id_, Answer.NO, value=value, data=tuple(data.items()))
