"""The tests of `--active`: at most two more connections, no mail, nothing that anybody would miss.

Injection (CVE-2011-0411): STARTTLS and a harmless EHLO in one segment. Who keeps the second line
answers it inside TLS, in front of the answer to a fence. State: MAIL before EHLO inside TLS.
"""

from __future__ import annotations

import asyncio
import secrets

from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.route import Attempt
from smtpprobe.starttls.collect_address import Place, farewell, is_good, opened
from smtpprobe.starttls.dialogue import Dialogue
from smtpprobe.starttls.facts import NO, YES, AddressFacts, Because, Fact, Upgrade, unknown
from smtpprobe.starttls.gathering import Gathering

BAD_SEQUENCE = 503
"""RFC 5321 4.1.4: what a server says to MAIL before EHLO if it demands one."""


async def probe_actively(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return an address with what the tests show; one that speaks no SMTP is left alone."""
    if facts.implicit_tls or facts.before is None:
        return facts
    if facts.starttls.advertised.no:
        works = await _unadvertised(place, how)
        upgrade = facts.starttls._replace(unadvertised=works)
        return facts._replace(starttls=upgrade, connections=facts.connections + 1)
    if facts.tls is None or not facts.tls.ok:
        untold = unknown(Because.NO_TLS)
        return facts._replace(starttls=_with(facts.starttls, untold, untold, untold))
    injection, pipelined = await _injection(place, how)
    await asyncio.sleep(how.apart)
    state = await _state_kept(place, how)
    upgrade = _with(facts.starttls, injection, pipelined, state)
    return facts._replace(starttls=upgrade, connections=facts.connections + 2)


def _with(upgrade: Upgrade, injection: Fact, pipelined: Fact, state: Fact) -> Upgrade:
    return upgrade._replace(injection=injection, pipelined=pipelined, state_kept=state)


async def _greeted(found: Dialogue | Attempt, how: Gathering) -> Dialogue | None:
    """Return a session after a good EHLO; None when it does not come so far."""
    if isinstance(found, Attempt):
        return None
    greeting = found.client.state.greeting
    if greeting is None or not is_good(greeting):
        return None
    hello = await found.say(f"EHLO {how.client}")
    return found if hello is not None and is_good(hello) else None


async def _injection(place: Place, how: Gathering) -> tuple[Fact, Fact]:
    """Return whether plaintext commands are kept into TLS, and whether they run in clear."""
    async with opened(place, how) as found:
        dialogue = await _greeted(found, how)
        if dialogue is None:
            ended = unknown(Because.ENDED, _why(found))
            return ended, ended
        nonce = f"{secrets.token_hex(8)}.invalid"
        line = f"STARTTLS\r\nEHLO {nonce}\r\n".encode("ascii")
        reply = await dialogue.upgrade(Command(line, Kind.COMMAND))
        secured = dialogue.secured
        if reply is None and secured is None:
            return NO, NO  # it hung up on the line, as a strict server may
        if secured is not None and secured.surplus:
            return NO, YES
        if secured is None or not secured.tls.ok:
            return NO, _second_answer(dialogue)
        kept = await _kept(dialogue, nonce, how.listen)
        await farewell(dialogue)
        return kept, NO


def _second_answer(dialogue: Dialogue) -> Fact:
    return YES if dialogue.spare else NO


async def _kept(dialogue: Dialogue, nonce: str, listen: float) -> Fact:
    """Tell whether the line sent in clear is answered inside TLS."""
    await asyncio.sleep(listen)
    if dialogue.spare:
        return YES
    fence = await dialogue.say("EHLO fence.invalid")
    if fence is None:
        return NO
    await asyncio.sleep(listen)
    return YES if dialogue.spare or nonce in fence.text else NO


async def _state_kept(place: Place, how: Gathering) -> Fact:
    """Tell whether MAIL is accepted inside TLS before a new EHLO (RFC 3207 4.2).

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
        dialogue = await _greeted(found, how)
        if dialogue is None:
            return unknown(Because.ENDED, _why(found))
        await dialogue.upgrade()
        secured = dialogue.secured
        if secured is None or not secured.tls.ok:
            return unknown(Because.NO_TLS)
        reply = await dialogue.say("MAIL FROM:<>")
        if reply is None:
            return unknown(Because.ENDED, dialogue.ended)
        if is_good(reply):
            await dialogue.say("RSET")
        await farewell(dialogue)
        return YES if is_good(reply) else NO


async def _unadvertised(place: Place, how: Gathering) -> Fact:
    """Tell whether STARTTLS works though it is not listed."""
    async with opened(place, how) as found:
        dialogue = await _greeted(found, how)
        if dialogue is None:
            return unknown(Because.ENDED, _why(found))
        reply = await dialogue.upgrade()
        if reply is None:
            return unknown(Because.ENDED, dialogue.ended)
        secured = dialogue.secured
        await farewell(dialogue)
        return YES if secured is not None and secured.tls.ok else NO


def _why(found: Dialogue | Attempt) -> str:
    if isinstance(found, Attempt):
        return found.reason or found.outcome.value
    return found.ended
