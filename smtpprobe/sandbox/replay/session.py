"""A recorded connection as one client meets it: each command gets the reply it got then. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from enum import Enum
from typing import assert_never

from smtpprobe.protocol.auth.sasl import coded, decoded
from smtpprobe.protocol.auth.scram import client_nonce
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.redact import masked
from smtpprobe.sandbox.framing import Framing, Line, Message, Overlong, Unit
from smtpprobe.sandbox.handler import Act, HangUp, Heard, Miss, Say, Upgrade, Wait
from smtpprobe.sandbox.replay.recorded_connection import (
    Asked,
    Deed,
    Leave,
    RecordedConnection,
    RecordedExchange,
    Secure,
    Speak,
    asked,
    words_of,
)

NOT_RECORDED = b"500 5.5.1 not in this recording\r\n"
CANCELLED = b"501 5.7.0 AUTH cancelled, which is not in this recording\r\n"
"""What a client gets that cancels where the recorded one answered (RFC 4954 4: 501)."""

MADE_UP_GREETING = b"220 sandbox.test ESMTP the recording begins inside a session\r\n"


SAME_VERB = 1000
"""How many exchanges in a row with the same verb are looked through for the very words."""


class Due(Enum):
    """What the client has to send next."""

    COMMAND = "command"
    ANSWER = "answer to a challenge"
    MESSAGE = "message"
    CHUNK = "chunk"


class ReplaySession:
    """One session with a recorded server.

    A command gets the replies of the next exchange with the same verb; exchanges passed over are
    gone. Where several with that verb follow one another, as RCPT does, one with the very words is
    taken before its turn. What the server did unasked follows, as soon as it is due.
    """

    farewell = b""

    def __init__(self, recorded: RecordedConnection, about: str = "") -> None:
        self.about = about
        self._begun = recorded.begun
        self.implicit_tls = recorded.implicit_tls
        self._rest = list(reversed(recorded.exchanges))
        self._left = Counter(exchange.asked for exchange in recorded.exchanges)
        self._due = Due.COMMAND
        self._chunk = 0
        self._then = recorded.opening
        self._held = 0
        self._tls = recorded.implicit_tls
        self._nonce = ""

    @property
    def patience(self) -> float | None:
        """The time until the server does something unasked; None when it does nothing."""
        return self._then[0].delay if self._then and self._then[0].after <= self._held else None

    def greet(self, client: str, *, tls: bool) -> tuple[Act, ...]:
        """Return what the server did before it was asked anything."""
        del client, tls
        if self._begun:
            return self._unasked()
        return (Say(MADE_UP_GREETING), *self._unasked())

    def secured(self, exporter: bytes, certified: str | None) -> None:
        """Do nothing: who replays knows no password."""

    def hear(self, framing: Framing, now: float) -> tuple[Act, ...] | None:
        """Return the recorded actions for the next whole unit; None while there is none."""
        del now
        self._held = framing.held
        if acts := self._unasked():
            return acts
        unit = self._unit(framing)
        self._held = framing.held
        return None if unit is None else self._answered(unit)

    def idle(self) -> tuple[Act, ...]:
        """Return what the server did unasked after some time; it closes idle connections."""
        if self.patience is None:
            return (HangUp(),)
        deed, *rest = self._then
        self._then = tuple(rest)
        return (*self._done(deed), *self._unasked())

    def _unit(self, framing: Framing) -> Unit | None:
        match self._due:
            case Due.COMMAND | Due.ANSWER:
                return framing.line()
            case Due.MESSAGE:
                return framing.message()
            case Due.CHUNK:
                return framing.chunk(self._chunk)
            case _:
                assert_never(self._due)

    def _answered(self, unit: Unit) -> tuple[Act, ...]:
        match unit:
            case Line(raw):
                kind = Kind.SASL if self._due is Due.ANSWER else Kind.COMMAND
                return self._line(Command(raw, kind))
            case Overlong():
                return (Miss("a line without an end"), Say(NOT_RECORDED), HangUp())
            case Message(octets=octets) if self._due is Due.CHUNK:
                return self._replied(Asked(Kind.COMMAND, "BDAT"), f"a chunk of {octets} octets")
            case Message(octets=octets):
                heard = Heard(f"a message of {octets} octets")
                return (heard, *self._replied(Asked(Kind.BODY), "the end of a message"))
            case _:
                assert_never(unit)

    def _line(self, command: Command) -> tuple[Act, ...]:
        text = masked(command).text
        heard = Heard(text)
        if command.chunk:
            self._due, self._chunk = Due.CHUNK, command.chunk
            return (heard,)
        what = asked(command)
        if what.verb == "AUTH" or what.kind is Kind.SASL:
            self._nonce = client_nonce(decoded(command.text.split()[-1])) if text else ""
        # any server takes a cancel, also one whose client never did
        if what == Asked(Kind.SASL, "*") and not self._has(what):
            self._due = Due.COMMAND
            return (heard, Miss("AUTH cancelled"), Say(CANCELLED))
        return (heard, *self._replied(what, text, words_of(command)))

    def _replied(self, what: Asked, text: str, words: str = "") -> tuple[Act, ...]:
        """Return the recorded reply, behind what the server was still to do before it."""
        was, self._due = self._due, Due.COMMAND
        exchange = self._taken(what, words)
        # the recorded server spoke before the message had ended; that is its answer
        if exchange is None and was is Due.MESSAGE and self._then:
            return self._all_unasked()
        if exchange is None:
            return (Miss(text), Say(NOT_RECORDED))
        before = self._all_unasked()
        self._then = exchange.then
        self._due = _due_after(exchange)
        spoken = (answering(reply, self._nonce) for reply in exchange.replies)
        replies = [act for reply in spoken for act in _spoken(reply)]
        silent = () if replies or self._then else (Miss(f"a reply to {text}"),)
        return (*before, *replies, *silent, *self._unasked())

    def _taken(self, what: Asked, words: str) -> RecordedExchange | None:
        """Return the next exchange with that command; those before it are skipped."""
        wanted = (what, Asked(Kind.SASL, "*")) if what == Asked(Kind.SASL) else (what,)
        if not self._has(*wanted):
            return None
        while self._rest[-1].asked not in wanted:
            self._used(self._rest.pop())
        return self._used(self._rest.pop(self._same_words(what, words)))

    def _used(self, exchange: RecordedExchange) -> RecordedExchange:
        self._left[exchange.asked] -= 1
        return exchange

    def _has(self, *wanted: Asked) -> bool:
        return any(self._left[one] for one in wanted)

    def _same_words(self, what: Asked, words: str) -> int:
        """Return which of the exchanges in a row is meant, counted from the end of the rest."""
        for back, exchange in enumerate(reversed(self._rest[-SAME_VERB:]), 1):
            if exchange.asked != what:
                break
            if words and exchange.words == words:
                return -back
        return -1

    def _unasked(self) -> tuple[Act, ...]:
        """Return what the server does now without being asked."""
        acts: list[Act] = []
        while self._then and self._then[0].after <= self._held and not self._then[0].delay:
            acts += self._done(self._then[0])
            self._then = self._then[1:]
        return tuple(acts)

    def _all_unasked(self) -> tuple[Act, ...]:
        then, self._then = self._then, ()
        return tuple(act for deed in then for act in self._done(deed))

    def _done(self, deed: Deed) -> tuple[Act, ...]:
        match deed:
            case Speak(octets):
                return (Say(octets),)
            case Secure(keep):
                was, self._tls = self._tls, True
                return () if was else (Upgrade(keep),)
            case Leave():
                return (HangUp(),)
            case _:
                assert_never(deed)


def answering(reply: Speak, nonce: str) -> Speak:
    """Return a reply that answers a login by SCRAM with this nonce of the client (RFC 5802 5.1).

    The nonce in a server's first message has to begin with the client's, which was another one when
    it was recorded. One that sends the recorded nonce again gets the reply as it was.
    """
    found = _CHALLENGE.fullmatch(reply.octets)
    said = decoded(found[1].decode()) if found is not None and nonce else ""
    if found is None or not said.startswith("r=") or said[2:].startswith(nonce):
        return reply
    answer = coded(f"r={nonce}{said[2:]}".encode()).encode()
    return replace(reply, octets=b"334 %b%b" % (answer, found[2]))


_CHALLENGE = re.compile(rb"334 ([A-Za-z0-9+/=]+)(\r?\n)")


def _spoken(reply: Speak) -> tuple[Act, ...]:
    said = Say(reply.octets)
    return (Wait(reply.delay), said) if reply.delay else (said,)


def _due_after(exchange: RecordedExchange) -> Due:
    """Return what a client has to send after it: 354 asks for a message, 334 for an answer."""
    verb, code = exchange.asked.verb, exchange.code
    if verb == "DATA" and code == 354:
        return Due.MESSAGE
    logs_in = verb == "AUTH" or exchange.asked.kind is Kind.SASL
    return Due.ANSWER if logs_in and code == 334 else Due.COMMAND
