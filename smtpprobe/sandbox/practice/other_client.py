"""XCLIENT and XFORWARD (Postfix): a client that says it is another, where the server lets it."""

from __future__ import annotations

import re

from smtpprobe.sandbox.handler import Act
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.state import DOMAIN, Call, Talk, Turn, refuse, say

NAMES = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT")
FORWARDED = ("NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE")
"""The attributes that each takes."""

_XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})+")
"""A value (RFC 3461 4)."""


def xclient(call: Call) -> Turn:
    """Answer XCLIENT: a new greeting, and all that was said before is void."""
    if (refused := _refused(call, NAMES)) is not None:
        return refused
    greeting: Act = reply(220, "", f"{DOMAIN} ESMTP smtpprobe practice server")
    return Turn(Talk(tls=call.talk.tls), (greeting,))


def xforward(call: Call) -> Turn:
    """Answer XFORWARD: what it says would be logged."""
    return _refused(call, FORWARDED) or say(call.talk, 250, "2.0.0", "Ok")


def _refused(call: Call, names: tuple[str, ...]) -> Turn | None:
    talk, verb = call.talk, call.command.verb
    if not call.house.xclient:
        return refuse(talk, 550, "5.7.0", "Error: insufficient authorization")
    if talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: MAIL transaction in progress")
    words = call.command.argument.split()
    if not words:
        return refuse(talk, 501, "5.5.4", f"Syntax: {verb} attribute=value ...")
    for word in words:
        name, _, value = word.partition("=")
        if name.upper() not in names:
            return refuse(talk, 501, "5.5.4", f"Bad {verb} attribute name: {name[:40]}")
        if not _XTEXT.fullmatch(value):
            return refuse(talk, 501, "5.5.4", f"Bad {verb} attribute value of {name}")
    return None
