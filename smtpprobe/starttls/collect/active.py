"""The tests of `--active`: at most two more connections, no mail, nothing that disturbs the server.

Injection (CVE-2011-0411): STARTTLS and a harmless EHLO in one segment. A server that keeps the
second line answers it inside TLS, in front of the answer to a fence. State: MAIL before EHLO inside
TLS.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence

from smtpprobe.protocol.attempts import Attempt
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.reply import Reply
from smtpprobe.starttls.collect.address import (
    Place,
    farewell,
    good_lines,
    is_good,
    offers_starttls,
    opened,
)
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.smtp_session import SmtpSession
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    End,
    Fact,
    Upgrade,
    unknown,
)

BAD_SEQUENCE = 503
"""RFC 5321 4.1.4: what a server says to MAIL before EHLO if it demands one."""


VARIES = unknown(Because.VARIES)


async def probe_actively(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return an address with what the tests show; one that speaks no SMTP is left alone."""
    if facts.implicit_tls:
        return _untested(facts, unknown(Because.NO_STARTTLS))
    if facts.before is None:
        reached = facts.connect is Connect.OK
        because = Because.NO_HELLO if reached else Because.NO_CONNECTION
        return _untested(facts, unknown(because, facts.ended or facts.reason))
    seen: list[bool] = []
    if facts.starttls.advertised.no:
        works = await _unadvertised(place, how, seen)
        untold = unknown(Because.UNLISTED)
        upgrade = _with(facts.starttls, untold, untold, untold)._replace(unadvertised=works)
        return _tested(facts, upgrade, 1, seen)
    if facts.tls is None or not facts.tls.ok:
        untold = unknown(Because.NO_TLS)
        return facts._replace(starttls=_with(facts.starttls, untold, untold, untold))
    injection, pipelined = await _injection(place, how, seen)
    await asyncio.sleep(how.apart)
    state = await _state_kept(place, how, seen)
    upgrade = _with(facts.starttls, injection, pipelined, state)
    return _tested(facts, upgrade, 2, seen)


def _untested(facts: AddressFacts, untold: Fact) -> AddressFacts:
    upgrade = _with(facts.starttls, untold, untold, untold)
    return facts._replace(starttls=upgrade._replace(unadvertised=untold))


def _tested(facts: AddressFacts, upgrade: Upgrade, dials: int, seen: list[bool]) -> AddressFacts:
    """Return the facts with what the tests showed, and in which of them STARTTLS was listed."""
    return facts._replace(
        starttls=upgrade,
        connections=facts.connections + dials,
        also_listed=(*facts.also_listed, *seen),
    )


def _with(upgrade: Upgrade, injection: Fact, pipelined: Fact, state: Fact) -> Upgrade:
    """Return what is known of STARTTLS that is listed, with what these tests showed."""
    return upgrade._replace(
        injection=injection,
        pipelined=pipelined,
        state_kept=state,
        unadvertised=unknown(Because.LISTED),
    )


async def _greeted(
    found: SmtpSession | Attempt, how: Gathering, seen: list[bool]
) -> SmtpSession | None:
    """Return a session after a good EHLO; None if it does not get that far.

    `seen` gets whether STARTTLS is listed.
    """
    if isinstance(found, Attempt):
        return None
    greeting = found.client.state.greeting
    if greeting is None or not is_good(greeting):
        return None
    lines = good_lines(await found.say(f"EHLO {how.client}"))
    if lines is None:
        return None
    seen.append(offers_starttls(lines).yes)
    return found


async def _injection(place: Place, how: Gathering, seen: list[bool]) -> tuple[Fact, Fact]:
    """Return whether plaintext commands are kept into TLS, and whether they run in clear."""
    async with opened(place, how) as found:
        session = await _greeted(found, how, seen)
        if session is None or not seen[-1]:
            ended = unknown(Because.ENDED, _why(found)) if session is None else VARIES
            return ended, ended
        nonce = f"{secrets.token_hex(8)}.invalid"
        line = f"STARTTLS\r\nEHLO {nonce}\r\n".encode("ascii")
        reply = await session.upgrade(Command(line, Kind.COMMAND))
        secured = session.secured
        if reply is None and secured is None and session.end is not End.CLOSED:
            ended = unknown(Because.ENDED, session.ended)
            return ended, ended
        ran = run_in_clear(secured.surplus if secured is not None else b"", session.spare)
        if secured is None or not secured.tls.ok or ran.yes:
            return NO, ran  # also a server that closed on the line, as strict ones may
        kept = await _kept(session, nonce, how.listen)
        await farewell(session)
        return kept, ran


REFUSALS = (b"421", b"554")
"""Replies to lines that came too soon, before the server closes: they do not answer the lines."""


def run_in_clear(surplus: bytes, spare: Sequence[Reply] = ()) -> Fact:
    """Return whether a line behind STARTTLS was answered in clear: a reply of SMTP came for it.

    Octets of another kind behind the 220 say nothing of it.
    """
    said = [*surplus.splitlines(), *(str(one.code).encode() for one in spare)]
    replies = [line for line in said if _REPLY.match(line)]
    if any(not line.startswith(REFUSALS) for line in replies):
        return YES
    return unknown(Because.OTHER_SURPLUS) if surplus and not replies else NO


_REPLY = re.compile(rb"[2-5][0-9][0-9](?:[ -]|$)")


async def _kept(session: SmtpSession, nonce: str, listen: float) -> Fact:
    """Return whether the line sent in clear is answered inside TLS."""
    await asyncio.sleep(listen)
    if _spoken(session):
        return YES
    fence = await session.say("EHLO fence.invalid")
    if fence is None:
        return NO
    await asyncio.sleep(listen)
    return YES if _spoken(session) or nonce in fence.text else NO


def _spoken(session: SmtpSession) -> bool:
    """Return whether an unsolicited reply came; octets without a code are not one."""
    return any(reply.code is not None for reply in session.spare)


async def _state_kept(place: Place, how: Gathering, seen: list[bool]) -> Fact:
    """Return whether MAIL is accepted inside TLS before a new EHLO (RFC 3207 4.2).

    It says something only of a server that refuses MAIL before the first EHLO.
    """
    async with opened(place, how) as found:
        if isinstance(found, Attempt):
            return unknown(Because.ENDED, _why(found))
        first = await found.say("MAIL FROM:<>")
        if first is not None and first.code != BAD_SEQUENCE:
            if is_good(first):
                await found.say("RSET")
            await farewell(found)
            return unknown(Because.NO_DEMAND)
        session = await _greeted(found, how, seen)
        if session is None:
            return unknown(Because.ENDED, _why(found))
        if not seen[-1]:
            return VARIES
        await session.upgrade()
        secured = session.secured
        if secured is None or not secured.tls.ok:
            return unknown(Because.NO_TLS)
        reply = await session.say("MAIL FROM:<>")
        if reply is None:
            return unknown(Because.ENDED, session.ended)
        if is_good(reply):
            await session.say("RSET")
        await farewell(session)
        return YES if is_good(reply) else NO


async def _unadvertised(place: Place, how: Gathering, seen: list[bool]) -> Fact:
    """Return whether STARTTLS works though it is not listed."""
    async with opened(place, how) as found:
        session = await _greeted(found, how, seen)
        if session is None:
            return unknown(Because.ENDED, _why(found))
        if seen[-1]:
            return VARIES
        reply = await session.upgrade()
        if reply is None:
            return unknown(Because.ENDED, session.ended)
        secured = session.secured
        await farewell(session)
        return YES if secured is not None and secured.tls.ok else NO


def _why(found: SmtpSession | Attempt) -> str:
    if isinstance(found, Attempt):
        return found.reason or found.outcome.value
    return found.ended
