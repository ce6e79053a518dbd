r"""ATRN and TURN: from the 250 on the server is the client, and sends one waiting message.

250 to ATRN --> waits for 220 --> EHLO --> MAIL --> RCPT --> DATA --> text, dot --> QUIT
\\______ any refusal ______________________________^
"""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.sandbox.handler import HangUp, Say
from smtpprobe.sandbox.practice.state import DOMAIN, Call, Service, Talk, Turn, refuse, say

WAITING = (
    f"From: postmaster@{DOMAIN}\r\nTo: probe@{DOMAIN}\r\nSubject: waiting mail\r\n\r\n"
    "This message waited for you to fetch it.\r\n.\r\n"
)
STEPS = (
    # the class of reply awaited, what follows it
    ("2", f"EHLO {DOMAIN}\r\n"),
    ("2", f"MAIL FROM:<postmaster@{DOMAIN}>\r\n"),
    ("2", f"RCPT TO:<probe@{DOMAIN}>\r\n"),
    ("2", "DATA\r\n"),
    ("3", WAITING),
    ("2", "QUIT\r\n"),
    ("2", ""),
)
LAST = len(STEPS) - 1
EMPTY = f"empty.{DOMAIN}"


def atrn(call: Call) -> Turn:
    """Answer ATRN: mail for domains, to who has logged in (RFC 2645 5.2.1)."""
    domains = call.command.argument.lower().replace(",", " ").split()
    if call.talk.user is not None and EMPTY in domains:
        return say(call.talk, 453, "4.3.0", "You have no mail")
    if call.talk.user is not None and not set(domains) <= {DOMAIN}:
        return say(call.talk, 450, "4.7.1", "ATRN request refused")
    return _reversed(call)


def turn(call: Call) -> Turn:
    """Answer TURN; unlike RFC 821 3.8 only to who has logged in (RFC 5321 F.1)."""
    if call.command.argument:
        return refuse(call.talk, 501, "5.5.4", "Syntax: TURN")
    return _reversed(call)


def _reversed(call: Call) -> Turn:
    talk = call.talk
    if call.house.service is Service.LMTP:
        return refuse(talk, 502, "5.5.1", "Error: command not implemented")
    if talk.hello is None or talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: only between EHLO and MAIL")
    if talk.user is None:
        return refuse(talk, 530, "5.7.0", "Authentication required")
    return say(replace(talk, turned=0), 250, "2.0.0", "OK now reversing the connection")


def turned_line(call: Call) -> Turn:
    """Go on as the client with a line of the one that is the server now."""
    talk, text = call.talk, call.command.text
    assert talk.turned is not None
    if text[3:4] == "-" and text[:3].isdigit():
        return Turn(talk)  # the reply goes on
    wanted, line = STEPS[talk.turned]
    if talk.turned == LAST:
        return Turn(talk, (HangUp(),))
    if text[:1] != wanted:
        return Turn(_at(talk, LAST), (Say(b"QUIT\r\n"),))
    return Turn(_at(talk, talk.turned + 1), (Say(line.encode()),))


def _at(talk: Talk, step: int) -> Talk:
    return replace(talk, turned=step)
