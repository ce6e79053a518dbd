"""The questions about a session that table rows may ask before they apply."""

from __future__ import annotations

from smtpprobe.knowledge.finding import Situation
from smtpprobe.protocol.phase import Phase


def no_hello(situation: Situation) -> bool:
    """No EHLO or HELO has been accepted on this (clear or TLS) session."""
    return situation.before.identity is None


def transaction_open(situation: Situation) -> bool:
    """A MAIL has been accepted and the message is not finished."""
    return situation.before.sender is not None


def no_sender(situation: Situation) -> bool:
    """No transaction is open."""
    return situation.before.sender is None


def no_recipient(situation: Situation) -> bool:
    """No recipient of this transaction has been accepted."""
    return not situation.before.recipients


def in_tls(situation: Situation) -> bool:
    """The connection is encrypted."""
    return situation.before.tls is not None and situation.before.tls.ok


def in_clear(situation: Situation) -> bool:
    """The connection is not encrypted."""
    return not in_tls(situation)


def logged_in(situation: Situation) -> bool:
    """An AUTH has succeeded in this session."""
    return situation.before.authenticated is not None


def cancelled(situation: Situation) -> bool:
    """The challenge was answered with `*` (RFC 4954 4)."""
    command = situation.exchange.command
    return command is not None and command.text == "*"


def has_argument(situation: Situation) -> bool:
    """The command carries an argument."""
    command = situation.exchange.command
    return command is not None and command.argument != ""


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


def mechanism_unannounced(situation: Situation) -> bool:
    """The server did not announce AUTH."""
    return "AUTH" not in situation.before.extensions


def starttls_announced(situation: Situation) -> bool:
    """The last EHLO reply offered STARTTLS."""
    return "STARTTLS" in situation.before.extensions


def sent_exactly(situation: Situation) -> bool:
    """The command was sent as it stands, so that no handshake follows it."""
    command = situation.exchange.command
    return command is not None and command.exact


def first_phase(situation: Situation) -> bool:
    """Nothing but the greeting has passed."""
    return situation.before.phase is Phase.CONNECTED
