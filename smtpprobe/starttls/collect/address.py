"""Gathers the facts of one address: at most two connections, from dialling to QUIT."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.dane import Chain
from smtpprobe.protocol.attempts import Attempt, Outcome, Route
from smtpprobe.protocol.command import repeated_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.starttls.collect.options import RETRY_SECONDS, Gathering
from smtpprobe.starttls.collect.smtp_session import CLOSING, SmtpSession, code_of, said
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    End,
    Fact,
    Said,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.refused_ehlo import wants_another_name

MEMORY_OCTETS = 256 << 10
"""How much of a session is remembered: it is short, and there may be many at a time."""

TRY_LATER = 454
"""RFC 3207 4: TLS not available due to a temporary reason."""

QUIT_SECONDS = 5.0
"""Seconds to wait for the reply to QUIT."""

MOST_LINES = 200
"""How many lines of an EHLO reply are kept."""


class Place(NamedTuple):
    """Where to dial, and the name to send (None: none).

    `second` asks for the certificate of the other key type: the host has secure TLSA records.
    """

    ip: str
    port: int
    implicit_tls: bool = False
    sni: str | None = None
    second: bool = False


Pause: TypeAlias = Callable[[float], Awaitable[None]]
Keep: TypeAlias = Callable[[AddressFacts], None]
"""Takes the facts so far each time that more is known, should there come no more."""


def forget(_facts: AddressFacts) -> None:
    """Keep nothing."""


async def collect_address(
    place: Place, how: Gathering, pause: Pause = asyncio.sleep, keep: Keep = forget
) -> AddressFacts:
    """Return what an address shows: one session, and one more after a 421 or a 454.

    A server that said 421 is left alone for as long as is wished, one that said 454 no longer than
    RETRY_SECONDS. `pause` waits that many seconds before the second one.
    """
    first = await first_session(place, how, pause, keep)
    if (cause := retry_cause(first)) is None:
        return first
    keep(_both(first, dialling(place, connections=0)))
    closes = cause.code == CLOSING
    await pause(how.retry_wait if closes else min(how.retry_wait, RETRY_SECONDS))
    return await second_session(first, place, how, keep)


async def first_session(
    place: Place, how: Gathering, pause: Pause = asyncio.sleep, keep: Keep = forget
) -> AddressFacts:
    """Return what one session shows, and one more for HELO where EHLO lost the connection."""
    first = await session_facts(place, how, keep)
    lost = retry_cause(first) is None and _lost_before_helo(first)
    return await _with_helo(first, place, how, pause) if lost else first


async def second_session(
    first: AddressFacts, place: Place, how: Gathering, keep: Keep = forget
) -> AddressFacts:
    """Return what an address shows in one more session, after one with a `retry_cause`."""
    found = await session_facts(place, how, lambda facts: keep(_both(first, facts)))
    return _both(first, found)


def _both(first: AddressFacts, second: AddressFacts) -> AddressFacts:
    cause = retry_cause(first)
    return second._replace(
        retried=cause.text if cause is not None else "",
        connections=first.connections + second.connections,
        also_listed=first.listings,
    )


class Ended(NamedTuple):
    """What ended a session early: a reply's line and code, or other words with None."""

    text: str = ""
    code: int | None = None


def retry_cause(facts: AddressFacts) -> Ended | None:
    """Return the reply after which one more session is due, None without one (RFC 3207 4)."""
    if facts.ended_code == CLOSING:
        return Ended(facts.ended, CLOSING)
    replies = (facts.greeting, facts.hello, facts.helo, facts.starttls.reply)
    for reply in replies:
        if reply is not None and reply.code in (CLOSING, TRY_LATER):
            return Ended(reply.line, reply.code)
    return None


def may_take_helo(hello: Said | None) -> bool:
    """Return whether senders go on with HELO after this answer to EHLO (RFC 5321 3.2).

    With another name in it EHLO itself may be accepted, so nothing would be shown by HELO.
    """
    if hello is None or hello.code is None or hello.code // 100 not in (3, 5):
        return False
    return not wants_another_name(hello.code, hello.text)


def _lost_before_helo(facts: AddressFacts) -> bool:
    """Return whether the server closed on EHLO, so that HELO needs a new connection."""
    asks = not facts.implicit_tls and may_take_helo(facts.hello)
    return asks and facts.helo is None and facts.end is End.CLOSED


async def _with_helo(
    facts: AddressFacts, place: Place, how: Gathering, pause: Pause
) -> AddressFacts:
    """Return the facts with the answer to HELO in one more connection."""
    await pause(how.apart)
    helo, lost = None, ""
    async with opened(place, how) as found:
        if isinstance(found, Attempt):
            lost = f"{_AGAIN} {found.outcome.value}"
        else:
            greeting = found.client.state.greeting
            if greeting is not None and is_good(greeting):
                helo = _said(await found.say(f"HELO {how.client}"))
                lost = "" if helo is not None else found.ended
                await farewell(found)
            else:
                lost = f"{_AGAIN} {said(greeting).line if greeting is not None else found.ended}"
    facts = facts._replace(helo=helo, helo_lost=lost, connections=facts.connections + 1)
    return facts._replace(starttls=Upgrade(NO)) if facts.by_helo else facts


_AGAIN = "in the connection for HELO:"


def dialling(place: Place, connections: int = 1) -> AddressFacts:
    """Return what is known of an address before it answers, were the check to end here."""
    return AddressFacts(
        *(place.ip, place.port, place.implicit_tls),
        connect=Connect.INTERRUPTED,
        connections=connections,
    )


async def session_facts(place: Place, how: Gathering, keep: Keep = forget) -> AddressFacts:
    """Return what one session shows, from dialling to QUIT."""
    facts = AddressFacts(place.ip, place.port, place.implicit_tls, hasty=how.hasty)
    keep(dialling(place))
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with opened(place, how) as found:
        if isinstance(found, Attempt):
            facts = unreached(facts, found)
        else:
            facts = await talk(found, facts, how, keep)
            facts = facts._replace(unasked=found.unasked)
            keep(facts)
            await farewell(found)
            facts = facts._replace(unasked=facts.unasked or found.unasked)
    return facts._replace(seconds=loop.time() - began)


@asynccontextmanager
async def opened(place: Place, how: Gathering) -> AsyncIterator[SmtpSession | Attempt]:
    """Yield a session with the server at an address, or how the attempt ended."""
    attempts: list[Attempt] = []

    def told(what: Route | Attempt) -> None:
        if isinstance(what, Attempt):
            attempts.append(what)

    client = Client(connect_options(place, how), on_dial=told, memory_octets=MEMORY_OCTETS)
    target = Target(TargetKind.ADDRESS, place.ip, place.port, place.implicit_tls)
    try:
        await client.open(target)
    except ConnectFailed:
        yield attempts[-1]
        return
    session = SmtpSession(client, how.reply_limit)
    session.catch_up()
    try:
        yield session
    finally:
        session.leave()
        await client.close()


def connect_options(place: Place, how: Gathering) -> ConnectOptions:
    """Return how one address is dialled: nothing is enforced, the facts are judged later."""
    return ConnectOptions(
        bind=how.bind,
        ca_file=how.ca_file,
        sni=place.sni,
        keylog=how.keylog,
        connect_timeout=how.connect_limit,
        handshake_timeout=how.handshake_limit,
        greeting_timeout=how.greeting_limit,
        client=how.client,
        connector=how.connector,
    )


_CONNECTS = {
    Outcome.REFUSED: Connect.REFUSED,
    Outcome.UNREACHABLE: Connect.UNREACHABLE,
    Outcome.TIMED_OUT: Connect.TIMEOUT,
    Outcome.TLS_FAILED: Connect.TLS_FAILED,
    Outcome.NO_GREETING: Connect.SILENT,
    Outcome.TLS_AT_ONCE: Connect.TLS_AT_ONCE,
    Outcome.ENDLESS: Connect.ENDLESS,
    Outcome.CLOSED: Connect.CLOSED,
}


def unreached(facts: AddressFacts, attempt: Attempt) -> AddressFacts:
    """Return the facts of an address from which no greeting was received."""
    tls = attempt.tls
    if attempt.outcome in (Outcome.TLS_AT_ONCE, Outcome.ENDLESS):
        facts = facts._replace(starttls=Upgrade(unknown(Because.NOT_SMTP)))
    return facts._replace(
        connections=attempt.dials,
        connect=_CONNECTS.get(attempt.outcome, Connect.FAILED),
        reason=attempt.reason,
        alert=attempt.alert if tls is not None and tls.ok else "",
        tls=tls,
        chain=Chain(tls.chain) if tls is not None else facts.chain,
    )


async def talk(
    session: SmtpSession, facts: AddressFacts, how: Gathering, keep: Keep = forget
) -> AddressFacts:
    """Go through EHLO, STARTTLS and EHLO again, as far as the server lets us."""
    state = session.client.state
    greeting = state.greeting
    facts = facts._replace(greeting=said(greeting) if greeting is not None else None)
    if facts.implicit_tls and state.tls is not None:
        facts = facts._replace(tls=state.tls, chain=Chain(state.tls.chain))
    if greeting is None or not is_good(greeting):
        return _closed(facts, session)
    keep(facts)
    hello = await session.say(f"EHLO {how.client}")
    facts = facts._replace(hello=_said(hello), before=good_lines(hello))
    if not facts.implicit_tls and may_take_helo(facts.hello):
        before = session.ended
        facts = facts._replace(helo=_said(await session.say(f"HELO {how.client}")))
        if facts.helo is None and not before:
            facts = facts._replace(helo_lost=session.ended)
    if facts.before is None or facts.implicit_tls:
        return _closed(facts, session)
    return _closed(await _upgraded(session, facts, how, keep), session)


async def _upgraded(
    session: SmtpSession, facts: AddressFacts, how: Gathering, keep: Keep
) -> AddressFacts:
    offered = offers_starttls(facts.before)
    if offered.no:
        return facts._replace(starttls=Upgrade(offered))
    keep(facts._replace(starttls=Upgrade(offered)))
    answer = _said(await session.upgrade())
    if answer is not None and answer.begins_tls_for_some and not session.ended:
        await session.shake_hands()
    secured = session.secured
    if secured is None or (answer is not None and answer.code is None):
        return facts._replace(starttls=Upgrade(offered, answer))
    no_tls = answer is not None and answer.begins_tls_for_some and not secured.tls.ok
    facts = facts._replace(
        # without a 220 the server may answer the ClientHello as a command line
        starttls=Upgrade(offered, answer, b"" if no_tls else secured.surplus),
        tls=secured.tls,
        chain=Chain(secured.tls.chain),
    )
    keep(facts)
    if secured.tls.negotiated.client_certificate:
        # an alert that there is none would be lost in the reset that EHLO provokes
        await session.listen(how.listen)
    return await hello_inside(session, facts, how) if secured.tls.ok else facts


async def hello_inside(session: SmtpSession, facts: AddressFacts, how: Gathering) -> AddressFacts:
    """Return the facts with the answer to the EHLO behind the handshake (RFC 3207 4.2)."""
    hello = await session.say(f"EHLO {how.client}")
    facts = facts._replace(inside=_said(hello), after=good_lines(hello))
    return _closed(facts, session)


def _closed(facts: AddressFacts, session: SmtpSession) -> AddressFacts:
    """Return the facts with why the session ended early, and what is unknown because of it."""
    ended = _refusal(facts) or Ended(session.ended, CLOSING if session.end is End.CLOSING else None)
    if facts.by_helo:
        facts = facts._replace(starttls=Upgrade(NO))
    elif facts.before is None and not facts.implicit_tls:
        because = Because.ENDED if session.ended else Because.NO_HELLO
        facts = facts._replace(starttls=Upgrade(advertised=unknown(because, ended.text)))
    return facts._replace(
        ended=ended.text, ended_code=ended.code, end=session.end, alert=session.alert
    )


def _refusal(facts: AddressFacts) -> Ended | None:
    """Return the last reply but that to STARTTLS, if it let the session go no further.

    If EHLO and HELO are both refused, the first says more.
    """
    last = facts.inside or facts.hello or facts.greeting
    if last is None or last.good or facts.by_helo or not last.line:
        return None
    return Ended(last.line, last.code)


def _said(reply: Reply | None) -> Said | None:
    return None if reply is None else said(reply)


def is_good(reply: Reply) -> bool:
    """Return whether a reply is positive."""
    code = code_of(reply)
    return code is not None and 200 <= code < 300


def good_lines(hello: Reply | None) -> tuple[str, ...] | None:
    """Return the lines of a good answer to EHLO behind its first; None without one."""
    if hello is None or not is_good(hello):
        return None
    return tuple(text[:512] for text in hello.texts[1 : MOST_LINES + 1])


def offers_starttls(before: tuple[str, ...] | None) -> Fact:
    """Return whether an EHLO reply lists STARTTLS."""
    offers = any(line.upper().split(None, 1)[:1] == ["STARTTLS"] for line in before or ())
    return YES if offers else NO


async def farewell(session: SmtpSession) -> None:
    """Send QUIT and wait a little for the reply."""
    state = session.client.state
    speaks = state.greeting is not None and state.greeting.code is not None
    if speaks and not session.ended and state.phase is not Phase.CLOSED:
        session.limit = min(session.limit, QUIT_SECONDS)
        await session.send(repeated_line("QUIT", state.phase))
