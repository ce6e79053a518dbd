"""The commands that ask or do nothing: HELP, VRFY, EXPN, ETRN, NOOP, RSET, QUIT."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.sandbox.handler import HangUp
from smtpprobe.sandbox.practice.help_texts import help_on
from smtpprobe.sandbox.practice.mailbox import parse_mailbox
from smtpprobe.sandbox.practice.state import DOMAIN, Call, Service, Turn, is_ours, refuse, say

KNOWN_USERS = ("postmaster", "probe")
MEMBERS = {"team": ("alice", "bob", "carol")}
"""The mailing lists that EXPN knows."""

STUCK = f"stuck.{DOMAIN}"


def helps(call: Call) -> Turn:
    """Answer HELP: all there is to practise, or one topic (RFC 5321 4.1.1.8)."""
    lines = help_on(call.command.argument, call.house)
    if lines is None:
        return refuse(call.talk, 504, "5.5.4", "No such topic; HELP lists them")
    return say(call.talk, 214, "2.0.0", *lines)


def vrfy(call: Call) -> Turn:
    """Answer VRFY as hosts that keep their users private do (RFC 5321 7.3)."""
    words = call.command.argument.removesuffix(" SMTPUTF8").strip("<> ")
    if not words:
        return refuse(call.talk, 501, "5.5.4", "Syntax: VRFY address")
    mailbox = parse_mailbox(words)
    if mailbox is None:
        return refuse(call.talk, 501, "5.1.3", "Bad recipient address syntax")
    address = f"{mailbox.local}@{DOMAIN}"
    if not is_ours(mailbox.domain):
        return say(call.talk, 554, "5.7.1", f"<{mailbox.address}>: Relay access denied")
    if mailbox.local.lower() in KNOWN_USERS:
        return say(call.talk, 250, "2.1.5", f"<{address}>")
    if mailbox.local.lower() == "unknown":
        text = f"<{address}>: Recipient address rejected: User unknown in virtual mailbox table"
        return say(call.talk, 550, "5.1.1", text)
    text = "Cannot VRFY user, but will accept message and attempt delivery"
    return say(call.talk, 252, "2.0.0", text)


def expn(call: Call) -> Turn:
    """Answer EXPN: the members of a list (RFC 5321 3.5.2)."""
    name = call.command.argument.strip("<> ").lower().removesuffix(f"@{DOMAIN}")
    if not name:
        return refuse(call.talk, 501, "5.5.4", "Syntax: EXPN list")
    if name not in MEMBERS:
        return say(call.talk, 550, "5.1.1", f"No such mailing list; EXPN {next(iter(MEMBERS))}")
    return say(call.talk, 250, "2.1.5", *(f"<{member}@{DOMAIN}>" for member in MEMBERS[name]))


def etrn(call: Call) -> Turn:
    """Answer ETRN: a queue run for a domain (RFC 1985 5.3)."""
    talk, domain = call.talk, call.command.argument.strip("<>").lower()
    if call.house.service is Service.LMTP:
        return refuse(talk, 502, "5.5.1", "Error: command not implemented")
    if talk.hello is None or talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: ETRN is for between EHLO and MAIL")
    if not domain or " " in domain:
        return refuse(talk, 501, "5.5.4", "Syntax: ETRN domain")
    if domain == STUCK:
        return say(talk, 458, "4.3.0", f"Unable to queue messages for node {domain}")
    if domain.lstrip("@#") != DOMAIN:
        return say(talk, 459, "4.7.1", f"<{domain}>: service unavailable")
    return say(talk, 250, "2.0.0", f"Queuing for node {domain} started")


def noop(call: Call) -> Turn:
    """Answer NOOP; its argument is ignored (RFC 5321 4.1.1.9)."""
    return say(call.talk, 250, "2.0.0", "Ok")


def rset(call: Call) -> Turn:
    """Answer RSET: the envelope is dropped, the session goes on (RFC 5321 4.1.1.5)."""
    if call.command.argument:
        return refuse(call.talk, 501, "5.5.4", "Syntax: RSET")
    return say(replace(call.talk, envelope=None), 250, "2.0.0", "Ok")


def quits(call: Call) -> Turn:
    """Answer QUIT and close (RFC 5321 4.1.1.10)."""
    if call.command.argument:
        return refuse(call.talk, 501, "5.5.4", "Syntax: QUIT")
    turn = say(call.talk, 221, "2.0.0", "Bye")
    return replace(turn, acts=(*turn.acts, HangUp()))


def web(call: Call) -> Turn:
    """Answer a browser that a web page has sent here: close at once."""
    turn = say(call.talk, 421, "4.7.0", f"{DOMAIN} Error: this is SMTP, not HTTP")
    return replace(turn, acts=(*turn.acts, HangUp()))
