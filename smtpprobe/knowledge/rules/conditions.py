"""The questions about a session that table rows may ask before they apply.

A question about the state is answered with yes only where the state is known: a reply from a log
has none (`Situation.live`).
"""

from __future__ import annotations

from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.protocol.verbs import Context


def no_hello(situation: Situation) -> bool:
    """No EHLO or HELO has been accepted on this (clear or TLS) session."""
    return situation.live and situation.before.identity is None


def said_hello(situation: Situation) -> bool:
    """An EHLO or HELO has been accepted on this (clear or TLS) session."""
    return situation.live and situation.before.identity is not None


def transaction_open(situation: Situation) -> bool:
    """A MAIL has been accepted and the message is not finished."""
    return situation.live and situation.before.sender is not None


def too_late_for_a_login(situation: Situation) -> bool:
    """A transaction is open, and nobody has logged in."""
    return transaction_open(situation) and not logged_in(situation)


def no_sender(situation: Situation) -> bool:
    """No transaction is open."""
    return situation.live and situation.before.sender is None


def no_recipient(situation: Situation) -> bool:
    """No recipient of this transaction has been accepted."""
    return situation.live and not situation.before.recipients


def in_tls(situation: Situation) -> bool:
    """The connection is encrypted."""
    return situation.live and situation.before.tls is not None and situation.before.tls.ok


def in_clear(situation: Situation) -> bool:
    """The connection is not encrypted."""
    return situation.live and not in_tls(situation)


def logged_in(situation: Situation) -> bool:
    """An AUTH has succeeded in this session."""
    return situation.live and situation.before.authenticated is not None


def names_the_client(situation: Situation) -> bool:
    """It answers a command that names another client to the server: XCLIENT, XFORWARD."""
    return situation.context in (Context.XCLIENT, Context.XFORWARD)


def cancelled(situation: Situation) -> bool:
    """The challenge was answered with `*` (RFC 4954 4)."""
    command = situation.exchange.command
    return command is not None and command.text == "*"


def null_sender(situation: Situation) -> bool:
    """The sender is `<>`: of this MAIL, or of the open transaction."""
    command = situation.exchange.command
    if command is not None and command.verb == "MAIL":
        return command.mailbox == ""
    return situation.before.sender == ""


def sized_sender(situation: Situation) -> bool:
    """The MAIL command declares a SIZE (RFC 1870)."""
    command = situation.exchange.command
    return command is not None and " SIZE=" in command.text.upper()


def sent_exactly(situation: Situation) -> bool:
    """The command was sent as is, so that no handshake follows it."""
    command = situation.exchange.command
    return command is not None and command.exact


def temporary(situation: Situation) -> bool:
    """The reply is a 4yz one."""
    return situation.klass == 4


def closing_unasked(situation: Situation) -> bool:
    """A 421 without a command."""
    return situation.code == 421 and situation.unasked


_WAITING = ("timeout", "timed out", "too long", "idle", "no command")


def about_time(situation: Situation) -> bool:
    """The text speaks of waiting."""
    return any(word in situation.text for word in _WAITING)


def at_login(situation: Situation) -> bool:
    """The reply answers AUTH or a challenge answer."""
    return situation.context in (Context.AUTH, Context.AUTH_STEP)


def at_login_about_encryption(situation: Situation) -> bool:
    """The reply answers AUTH and speaks of encryption."""
    return at_login(situation) and "encrypt" in situation.text


def at_connect(situation: Situation) -> bool:
    """The reply is the greeting."""
    return situation.context is Context.CONNECT


def about_the_sender(situation: Situation) -> bool:
    """The reply answers MAIL, or its text names the sender."""
    return situation.context is Context.MAIL or "sender address" in situation.text


def out_of_order(situation: Situation) -> bool:
    """The code is one of a command at the wrong moment."""
    return situation.code in (503, 554, 550, 521)


def about_parameters(situation: Situation) -> bool:
    """The code is one of a parameter that is not supported."""
    return situation.code in (455, 504, 555)


def permanent(situation: Situation) -> bool:
    """The reply is a 5yz one."""
    return situation.klass == 5


def temporary_about_rate(situation: Situation) -> bool:
    """A 4yz reply that speaks of too much mail in too short a time."""
    return temporary(situation) and ("too quickly" in situation.text or "rate" in situation.text)


def about_the_verb(situation: Situation) -> bool:
    """The server does not know the command word: the code says so, or the word is no command."""
    return situation.code == 502 or (situation.code == 500 and situation.context is Context.UNKNOWN)
