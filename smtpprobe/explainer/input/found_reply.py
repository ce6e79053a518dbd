"""A reply in the input, or a failure without one, with its context."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from smtpprobe.knowledge.pasted_session import SentLine
    from smtpprobe.protocol.session import Exchange

WORDS = 1
"""The `klass` of words alone, which may be final or not."""

Trouble: TypeAlias = Callable[[int, str], None]
"""Called with what is wrong with an input, and on which line (0: no line)."""


class Found(NamedTuple):
    """One reply as it was found; made by the million, so a plain tuple.

    `text` is the reply, still folded into one line where the input has it so. `context` is what
    it answers, as far as the input says. `host` is the server that said it. Addresses come
    without brackets. `line` is where the reply begins, from 1; 0 where there are no lines.
    `status` is the enhanced code that a bounce gives beside the reply. `exchange` is there when
    the input is a recorded session, with the states around the reply. `client` is there when the
    server itself logged what it said, and to whom (empty if the log does not say): then the
    reader runs that server. `connection` is the name that a script gave the connection, in a
    recorded session; empty for the main one.

    `klass` is 0 where a reply is quoted. Else it is the class of a failure without one:
    2 delivered, 4 deferred, 5 refused or failed; `text` is then the reason in the words of the
    log, which may be empty. `queue` is the queue id on the same line, where logs have one.
    `sent` is there for a refusal in a pasted session that shows what it refuses; it may hold a
    password and is never shown.
    """

    text: str
    context: Context | None = None
    host: str | None = None
    recipient: str | None = None
    sender: str | None = None
    line: int = 0
    status: str | None = None
    exchange: Exchange | None = None
    client: str | None = None
    connection: str = ""
    klass: int = 0
    queue: str | None = None
    sent: SentLine | None = None
