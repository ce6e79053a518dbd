"""EHLO, HELO, LHLO and STARTTLS: the client's name and this server's extensions."""

from __future__ import annotations

import re
from dataclasses import replace

from smtpprobe.sandbox.handler import HangUp, Upgrade
from smtpprobe.sandbox.practice.login import MECHANISMS, mechanisms
from smtpprobe.sandbox.practice.other_client import FORWARDED, NAMES
from smtpprobe.sandbox.practice.replies import BY_CODE, reply
from smtpprobe.sandbox.practice.state import (
    DOMAIN,
    RECIPIENT_LIMIT,
    SIZE_LIMIT,
    Call,
    Service,
    Talk,
    Turn,
    refuse,
    say,
)

GREETING = f"{DOMAIN} ESMTP smtpprobe practice server"
OLD_CLIENT = f"old.{DOMAIN}"
PLAIN_CLIENT = f"plain.{DOMAIN}"

_CODED_NAME = re.compile(rf"([45][0-9]{{2}})\.{re.escape(DOMAIN)}", re.IGNORECASE)
_NAME = re.compile(r"\[[0-9A-Za-z:.]+\]|[^\s\x00-\x1f\x7f]{1,255}")


def greeting(service: Service, *, tls: bool) -> Turn:
    """Return the beginning of a session."""
    text = GREETING.replace("ESMTP", "LMTP") if service is Service.LMTP else GREETING
    return say(Talk(tls=tls), 220, "", text)


def ehlo(call: Call) -> Turn:
    """Answer EHLO: names what this server can do (RFC 5321 4.1.1.1)."""
    if call.house.service is Service.LMTP:
        return _wrong_protocol(call)
    if call.command.argument.lower() == OLD_CLIENT:
        return say(call.talk, 502, "", "Error: command not implemented")
    return _extended(call)


def lhlo(call: Call) -> Turn:
    """Answer LHLO, the EHLO of LMTP (RFC 2033 4.1)."""
    if call.house.service is not Service.LMTP:
        return _wrong_protocol(call)
    return _extended(call)


def helo(call: Call) -> Turn:
    """Answer HELO: no extensions."""
    if call.house.service is Service.LMTP:
        return _wrong_protocol(call)
    return _refused(call) or say(_known(call, extended=False), 250, "", DOMAIN)


def starttls(call: Call) -> Turn:
    """Answer STARTTLS (RFC 3207 4): a handshake follows its 220."""
    talk = call.talk
    if call.house.service is Service.LMTP:
        return refuse(talk, 502, "5.5.1", "Error: command not implemented")
    if call.command.argument:
        return refuse(talk, 501, "5.5.4", "Syntax: STARTTLS")
    if talk.tls:
        return refuse(talk, 554, "5.5.1", "Error: TLS already active")
    if talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: MAIL transaction in progress")
    return Turn(Talk(tls=True), (reply(220, "2.0.0", "Ready to start TLS"), Upgrade()))


def keywords(
    service: Service, *, tls: bool, mechanisms: tuple[str, ...] = MECHANISMS
) -> tuple[str, ...]:
    """Return the extensions announced; AUTH only inside TLS, STARTTLS only outside."""
    plain = (
        "PIPELINING", f"SIZE {SIZE_LIMIT}", "VRFY", "EXPN", "ETRN", "HELP", "8BITMIME",
        "SMTPUTF8", "DSN", "CHUNKING", "ENHANCEDSTATUSCODES", f"LIMITS RCPTMAX={RECIPIENT_LIMIT}",
    )  # fmt: skip
    if service is Service.LMTP:
        return tuple(word for word in plain if word != "ETRN")
    return (*plain, "ATRN", f"AUTH {' '.join(mechanisms)}") if tls else (*plain, "STARTTLS")


def _extended(call: Call) -> Turn:
    offered = mechanisms(call.house)
    words = keywords(call.house.service, tls=call.talk.tls, mechanisms=offered)
    if call.house.xclient:
        words += (f"XCLIENT {' '.join(NAMES)}", f"XFORWARD {' '.join(FORWARDED)}")
    if call.command.argument.lower() == PLAIN_CLIENT:
        words = ()
    return _refused(call) or say(_known(call, extended=True), 250, "", DOMAIN, *words)


def _known(call: Call, *, extended: bool) -> Talk:
    """A repeated EHLO resets the transaction and nothing else (RFC 5321 4.1.4)."""
    return replace(call.talk, hello=call.command.argument, extended=extended, envelope=None)


def _refused(call: Call) -> Turn | None:
    """Names are refused without an enhanced code: the client knows of none yet (RFC 2034 3)."""
    name = call.command.argument
    if coded := _CODED_NAME.fullmatch(name):
        return _refused_by_code(call, int(coded[1]))
    if not name:
        return refuse(call.talk, 501, "", f"Syntax: {call.command.verb} hostname")
    if not _NAME.fullmatch(name):
        return refuse(call.talk, 501, "", f"Syntax: {call.command.verb} hostname, one word")
    return None


def _refused_by_code(call: Call, code: int) -> Turn:
    turn = say(call.talk, code, "", BY_CODE.get(code, "Refused"))
    return replace(turn, acts=(*turn.acts, HangUp())) if code == 421 else turn


def _wrong_protocol(call: Call) -> Turn:
    lmtp = call.house.service is Service.LMTP
    hint = "this is LMTP: send LHLO" if lmtp else "this is SMTP: send EHLO"
    return refuse(call.talk, 500, "5.5.1", f"Error: {hint}")
