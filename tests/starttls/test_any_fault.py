"""One fault of any kind at any octet of a session: OK only where the server did all that it must.

The server's own account decides: what it said at each stage, read as plainly as can be.
"""

from __future__ import annotations

import asyncio
import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.sandbox.faults import Close, Hang, Hear, Reset, Say, Script, StartTls, Step, serve
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.judge.judge import Report, Result
from tests.net.stage import server_side
from tests.starttls.dialogues import GOODBYE, GREETING, gathering
from tests.starttls.stage import facts, host, ids, judged

STAGES = ("greeting", "offer", "go", "inside")
SAID = {
    "greeting": GREETING.octets,
    "offer": b"250-mx.example.org\r\n250-SIZE 1000\r\n250 STARTTLS\r\n",
    "go": b"220 2.0.0 go ahead\r\n",
    "inside": b"250-mx.example.org\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n",
}
LIMIT = 0.3
"""Seconds for each wait: what is slower is not said to be well, so the law holds on any machine."""


class Fault(NamedTuple):
    """What a server says at a stage instead, and what it does after it: None goes on."""

    stage: str
    octets: bytes
    after: Step | None = None


def played(fault: Fault | None) -> Script:
    """A session in which all goes well but one thing."""
    steps: list[Step] = []
    heard = {"offer": Hear(b"EHLO"), "go": Hear(b"STARTTLS"), "inside": Hear(b"EHLO")}
    for stage in STAGES:
        if stage in heard:
            steps.append(heard[stage])
        here = fault is not None and fault.stage == stage
        steps.append(Say(fault.octets if here and fault is not None else SAID[stage]))
        if here and fault is not None and fault.after is not None:
            return [*steps, fault.after]
        if stage == "go":
            steps.append(StartTls(server_side("mx.example.org")))
    return [*steps, *GOODBYE]


def went_well(fault: Fault) -> bool:
    """Tell whether a server with this fault still says all that a sender needs, and no more.

    A reply ends with a line of a code and no hyphen; what else stands before it is of no account to
    most senders. Each has to end where the client begins to wait for the next.
    """
    said = {stage: fault.octets if stage == fault.stage else SAID[stage] for stage in STAGES}
    if fault.after is not None and fault.stage != "inside":
        return False
    rest = b""
    for stage in STAGES:
        replies, rest = _replies(rest + said[stage])
        if len(replies) != 1 or (rest and stage in ("go", "inside")):
            return False
        if not re.search(rb"^220[^0-9]" if stage == "go" else rb"^2[0-9]{2}\b", replies[0][1]):
            return False
        if stage == "offer" and b"STARTTLS" not in b"".join(replies[0]).upper():
            return False
    return True


def _replies(octets: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return the whole replies in some octets, their last line apart, and what is left over."""
    found, begun = [], b""
    *lines, rest = octets.split(b"\n")
    for line in lines:
        if re.match(rb"[0-9]{3}([ \r]|$)", line):
            found.append((begun, line + b"\n"))
            begun = b""
        else:
            begun += line + b"\n"
    return found, begun + rest


async def met(fault: Fault | None) -> Report:
    """Return the report on a server with a fault."""
    limits = {"reply_limit": LIMIT, "greeting_limit": LIMIT, "connect_limit": 5.0}
    async with serve(played(fault)) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        found = await collect_address(place, gathering(**limits))
    return judged(facts(host(found._replace(ip="192.0.2.1"))))  # loopback is no mail host


CODES = (
    *(b"199 x\r\n", b"220 x\r\n", b"250 x\r\n", b"250\r\n", b"299 x\r\n", b"354 go\r\n"),
    *(b"421 4.3.0 bye\r\n", b"450 later\r\n", b"454 4.7.0 later\r\n", b"500 what\r\n"),
    *(b"501 no\r\n", b"502 no\r\n", b"503 no\r\n", b"530 5.7.0 no\r\n", b"550 no\r\n"),
    *(b"554 no\r\n", b"999 x\r\n", b"hello\r\n", b"\r\n", b"2", b"250-", b"250-x\r\n"),
    *(b"25 x\r\n", b"2500 x\r\n", b"\x16\x03\x03\x00\x02\x02\x28", b"\x15\x03\x03\x00\x02\x02\x50"),
    *(b"250 x\r\n250 y\r\n", b"220 x\r\n554 y\r\n", b"", b"SSH-2.0-x\r\n"),
)


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    """A reply that is cut, replaced, changed in one octet, or followed by more."""
    stage = draw(st.sampled_from(STAGES))
    said = SAID[stage]
    match draw(st.sampled_from(("cut", "silent", "reset", "replaced", "changed", "more"))):
        case "cut":
            return Fault(stage, said[: draw(st.integers(0, len(said)))], Close())
        case "silent":
            return Fault(stage, said[: draw(st.integers(0, len(said) - 1))], Hang())
        case "reset":
            return Fault(stage, said[: draw(st.integers(0, len(said)))], Reset())
        case "replaced":
            return Fault(stage, draw(st.sampled_from(CODES)))
        case "changed":
            at = draw(st.integers(0, len(said) - 1))
            octet = draw(st.integers(0, 255))
            return Fault(stage, said[:at] + bytes([octet]) + said[at + 1 :])
        case _:
            return Fault(stage, said + draw(st.sampled_from(CODES)))


def test_without_a_fault_all_is_well() -> None:
    assert asyncio.run(met(None)).result is Result.OK


@settings(deadline=None, max_examples=80)
@given(faults())
def test_whatever_goes_wrong_the_result_is_ok_only_where_the_session_was_whole(
    fault: Fault,
) -> None:
    report = asyncio.run(met(fault))
    if report.result is Result.OK:
        assert went_well(fault)


@pytest.mark.parametrize("stage", STAGES)
async def test_no_reply_in_place_of_a_good_one_is_ok(stage: str) -> None:
    found = [Fault(stage, octets) for octets in CODES]
    for fault, report in zip(found, await asyncio.gather(*map(met, found)), strict=True):
        if not went_well(fault):
            assert report.result is not Result.OK, fault
            assert report.exit_status


async def test_a_reply_that_nobody_asked_for_is_found_at_each_stage() -> None:
    found = [Fault(stage, SAID[stage] + b"554 x\r\n") for stage in ("greeting", "offer", "inside")]
    for report in await asyncio.gather(*map(met, found)):
        assert "conn.unasked-reply" in ids(report)
