"""What has been heard on one connection, and what every wait there works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpprobe.client import Client
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.reply import ReplyLine
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.runner.case_log import Ledger
from smtpprobe.script.runner.unwaited_sends import AtOnce
from smtpprobe.script.runner.waits.inbox import Inbox
from smtpprobe.settings.option_limits import MESSAGE_SECONDS

MESSAGE_ENDS = (Context.DATA_END, Context.BDAT_LAST)
"""What ends a message, so that the reply to it may take its time."""

Capture = Callable[[tuple[str, ...], Mapping[str, str], int], None]


class WaitSettings:
    """How replies are waited for and judged; shared by the connections of a case.

    `limit` is the seconds a reply may take, None for any time; `grace` those for an optional one,
    `message_limit` the least for the reply to the end of a message.
    With `implying` off one reply is still read where no expectation is written, and may be any.
    `texts` makes the text of replies written as they came count.
    """

    def __init__(
        self,
        limit: float | None,
        grace: float = 1.0,
        *,
        implying: bool = True,
        texts: bool = False,
        message_limit: float = MESSAGE_SECONDS,
    ) -> None:
        self.limit, self.grace, self.message_limit = limit, grace, message_limit
        self.implying, self.texts = implying, texts


class Listener:
    """What a connection's waits share; they are the functions of this folder.

    `taken` is the reply looked at last, until something is sent. `lines_left` are those lines of it
    that `< line` has not looked at, `moved_on` means that something was sent since a line was.
    `greeting_due` means that the greeting was not looked at. `on_taken` gets each reply that is
    taken, before it is judged; `capture` the named groups.
    """

    def __init__(
        self,
        client: Client,
        inbox: Inbox,
        ledger: Ledger,
        waiting: WaitSettings,
        *,
        on_taken: Callable[[Exchange], None],
        capture: Capture,
    ) -> None:
        self.client = client
        self.inbox = inbox
        self.ledger = ledger
        self.waiting = waiting
        self.capture = capture
        self.at_once = AtOnce()
        self.greeting_due = False
        self.taken: Exchange | None = None
        self.lines_left: list[ReplyLine] = []
        self.moved_on = False
        self._on_taken = on_taken

    def sends(self) -> None:
        """Forget the reply looked at last: something new is being sent."""
        self.taken = None
        self.lines_left = []
        self.moved_on = True

    def take(self, exchange: Exchange) -> None:
        """Note a reply as looked at.

        Raises:
            Stop: it shows that the case does not apply here.
        """
        self.taken = exchange
        self.greeting_due = False
        if exchange.command is None:
            self.at_once.unasked()
        self.ledger.took(exchange)
        self._on_taken(exchange)

    @property
    def due(self) -> Command | None:
        """The command whose reply is due next."""
        pending = self.client.state.pending
        return pending[0].command if pending else None

    def seconds(self, within: float | None = None) -> float | None:
        """Return how long to wait for the next reply; None: for ever. `within` is what is written.

        A written limit never cuts a wait short, it is judged once the reply is there.
        """
        limit = self.waiting.limit
        if within is None:
            due = self.due
            if limit is None or due is None or due.context not in MESSAGE_ENDS:
                return limit
            within = self.waiting.message_limit
        return max(limit or 0.0, within)
