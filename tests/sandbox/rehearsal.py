"""Plays a client's octets to the pure session: no socket, no clock, no randomness."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from smtpprobe.login.scram_server import scram_answer
from smtpprobe.protocol.auth.channel_binding import END_POINT, Binding
from smtpprobe.sandbox.framing import Framing
from smtpprobe.sandbox.handler import Accept, Act, Delivery, HangUp, Say
from smtpprobe.sandbox.practice.greylist import Greylist
from smtpprobe.sandbox.practice.session import answer, next_unit
from smtpprobe.sandbox.practice.state import House, Service, Talk

BINDING = Binding(END_POINT, b"the digest of a certificate")


class Rehearsal:
    """One session; every `play` returns what the server did about the octets."""

    def __init__(self, service: Service = Service.SMTP, *, tls: bool = False) -> None:
        tokens = count(1)
        self.house = House(
            *(service, "127.0.0.1", lambda: f"T{next(tokens)}", Greylist()),
            scram=scram_answer,
            bindings={BINDING.name: BINDING.data},
        )
        self.talk = Talk(tls=tls or service.implicit_tls)
        self.now = 0.0
        self.framing = Framing()

    def play(self, octets: bytes) -> list[Act]:
        self.framing.feed(octets)
        acts: list[Act] = []
        while HangUp() not in acts:
            unit = next_unit(self.framing, self.talk)
            if unit is None:
                break
            turn = answer(self.talk, unit, self.house, self.now)
            self.talk = turn.talk
            acts += turn.acts
        return acts

    def lines(self, *lines: str) -> list[str]:
        """Send lines; return the replies as text without the last line end."""
        octets = b"".join(line.encode("utf-8", "surrogateescape") + b"\r\n" for line in lines)
        return said(self.play(octets))

    def last(self, *lines: str) -> str:
        return self.lines(*lines)[-1]

    def deliveries(self, octets: bytes) -> list[Delivery]:
        return [act.delivery for act in self.play(octets) if isinstance(act, Accept)]


def said(acts: list[Act]) -> list[str]:
    octets = [act.octets for act in acts if isinstance(act, Say)]
    return [one.decode("utf-8", "surrogateescape").removesuffix("\r\n") for one in octets]


def ready(service: Service = Service.SMTP, *, tls: bool = False, user: str = "") -> Rehearsal:
    """Return a session that has said hello, and has logged in as `user` if that is given."""
    rehearsal = Rehearsal(service, tls=tls)
    assert rehearsal.last("LHLO me.example" if service is Service.LMTP else "EHLO me.example")
    if user:
        rehearsal.talk = replace(rehearsal.talk, user=user)
    return rehearsal


def in_transaction(*recipients: str, service: Service = Service.SMTP) -> Rehearsal:
    """Return a session with a sender, and recipients that were accepted."""
    rehearsal = ready(service)
    assert rehearsal.last("MAIL FROM:<me@client.example>") == "250 2.1.0 Ok"
    for recipient in recipients:
        assert rehearsal.last(f"RCPT TO:<{recipient}>").startswith("25")
    return rehearsal
