"""`:send`: an order for the session that is open, typed at the prompt."""

from __future__ import annotations

import shlex
from typing import NoReturn

from smtpprobe.client import Client
from smtpprobe.command_line.parser import Parser
from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.send.arguments import order_of, recipients_given
from smtpprobe.send.conversation import Delivery
from smtpprobe.send.judge import Report
from smtpprobe.send.message.given_message import Letter, given_message
from smtpprobe.send.options import (
    add_envelope,
    add_extensions,
    add_message,
    add_starttls,
    add_turns,
)
from smtpprobe.send.order import Tls
from smtpprobe.send.talk import Limits
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


class _Parser(Parser):
    """Complains as the prompt does, and never leaves the program."""

    def error(self, message: str, hint: str = "") -> NoReturn:
        """Report what is wrong.

        Raises:
            UsageError: always.
        """
        usual = ":help send; the options are those of smtpprobe send"
        raise UsageError(f"send: {message}", hint or usual)


def read_line(argument: str) -> argparse.Namespace:
    """Return the options of a `:send`.

    Raises:
        UsageError: they cannot be understood.
    """
    parser = _Parser(":send", usage=":send [OPTIONS] [ADDRESS...]")
    parser.add_many("addresses", "ADDRESS", "recipient")
    add_envelope(parser)
    add_message(parser)
    add_extensions(parser)
    group = parser.add_argument_group("session")
    add_starttls(group)
    add_turns(group)
    try:
        words = parser.read(shlex.split(argument))
    except ValueError as error:
        raise UsageError(f"send: {error}") from None
    words.auth = None
    words.to.extend(words.addresses)
    return words


async def deliver(
    client: Client, argument: str, name: str, mailbox: str, limit: float | None
) -> Report:
    """Send a message in the session that is open, and leave it open; return what came of it.

    `name` is that for EHLO, `mailbox` the recipient where none is named. Where EHLO went out
    already, STARTTLS is only used if it is asked for: the session is taken as it is.

    Raises:
        UsageError: the line cannot be understood, or the session has a transaction open.
    """
    words = read_line(argument)
    state = client.state
    if state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":connect first")
    if state.pending or state.sender is not None or state.phase in _BUSY:
        raise UsageError("send: a transaction or a login is open; nothing sent", "RSET first")
    to, cc, everybody = recipients_given(words, mailbox)
    order = order_of(words, name, everybody)._replace(quits=False)
    if state.identity is not None and order.tls is Tls.OFFERED:
        order = order._replace(tls=Tls.NEVER)
    source = given_message(words, Letter(order.sender, to, cc, name))
    limits = Limits(limit or REPLY_SECONDS, limit or MESSAGE_SECONDS, limit or REPLY_SECONDS)
    delivery = Delivery(client, order, source, limits, _nobody)
    try:
        await delivery.run()
    finally:
        source.close()
    return delivery.report(str(state.target or state.host))


_BUSY = (Phase.AUTH, Phase.DATA, Phase.BDAT, Phase.TLS, Phase.GREETING)


def _nobody(_state: State, _kind: Secret | None) -> Credentials:
    raise UsageError("send: use :auth before it")
