"""What the rules work on and what they answer: a reply in its place, a row, a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

from smtpprobe.knowledge.annotation import Basis, Blame, Cause, NextStep, Retry, Why
from smtpprobe.knowledge.assist.spelling import nearest_verb
from smtpprobe.knowledge.rules.particulars import NOTHING, particulars
from smtpprobe.knowledge.rules.queue_id import queue_id
from smtpprobe.lookalikes import named
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import is_mechanism
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.reply import Defect, EnhancedCode, Reply, Severity
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

TEXT_CHARACTERS = 4096
"""How much of a reply's text the text rules read: a hostile reply costs no more."""


_NO_UTF8 = "[\udc80-\udcff]"
_GOES_ON = re.compile(r"\n(?=\s*[a-z])")


class Situation(NamedTuple):
    """A reply in its place: the exchange, and what the rules ask of it, prepared once.

    `klass` is the first digit if it is 2 to 5. `enhanced` is the enhanced status code of a 4yz or
    5yz reply unless it claims success. `text` is the reply's text in lower case, blanks collapsed.
    Without `live` the states are stand-ins, because nobody recorded the session: nothing is
    concluded from them, and a missing context means that it is not known. `local` words are those
    of the reader's own mail server, which no reply holds.
    """

    exchange: Exchange
    code: int | None
    klass: int | None
    enhanced: EnhancedCode | None
    context: Context | None
    text: str
    values: dict[str, str]
    live: bool = True
    local: bool = False

    @property
    def unasked(self) -> bool:
        """The server spoke without a command."""
        return self.live and self.context is None

    @property
    def unplaced(self) -> bool:
        """Nobody recorded what the reply answers."""
        return not self.live and self.context is None

    @property
    def wording(self) -> str:
        """The text in lower case, with a line end only where a new line begins a new thought."""
        words = self.exchange.reply.words[:TEXT_CHARACTERS]
        if not words.isascii() and re.search(_NO_UTF8, words):
            from smtpprobe.knowledge.language.octets import in_words  # noqa: PLC0415 - rarely needed

            words = in_words(words)
        return _GOES_ON.sub(" ", words).lower()

    @property
    def before(self) -> State:
        """The state in which the command was answered."""
        return self.exchange.before

    @property
    def after(self) -> State:
        """The state that the reply led to."""
        return self.exchange.after


def situation(exchange: Exchange, client: str, *, live: bool = True) -> Situation:
    """Return the exchange prepared for the rules; `client` stands in for the EHLO name."""
    reply, context = exchange.reply, exchange.context
    klass = reply.severity.value if reply.severity is not None else None
    code = reply.enhanced
    failed = klass in (4, 5) and code is not None and code.klass in (4, 5)
    text = " ".join(reply.words[:TEXT_CHARACTERS].split()).lower()
    return Situation(
        exchange, reply.code, klass, code if failed else None, context, text,
        _values(exchange, client), live,
    )  # fmt: skip


def _values(exchange: Exchange, client: str) -> dict[str, str]:
    command, context = exchange.command, exchange.context
    mailbox = (command.mailbox or "") if command is not None else ""
    mechanism = command.mechanism if command is not None else ""
    mechanism = mechanism or exchange.before.auth_mechanism or ""
    announced = exchange.before.extensions.auth_mechanisms
    found = values(
        exchange.reply,
        context,
        recipient=mailbox if context is Context.RCPT else "",
        sender=mailbox if context is Context.MAIL else exchange.before.sender or "",
        mechanism=mechanism if is_mechanism(mechanism) or mechanism in announced else "",
        verb=known_verb(command),
        client=client,
    )
    word = command.text.split(maxsplit=1)[:1] if context is Context.UNKNOWN and command else []
    return found | {
        "offered": " ".join(announced) or "see EHLO",
        "near": nearest_verb(word[0]) if word else "",
        "pasted": named(command.text) if command is not None else "",
        "hello": "LHLO" if exchange.before.dialect is Dialect.LMTP else "EHLO",
    }


def values(
    reply: Reply, context: Context | None, *,
    recipient: str, sender: str, mechanism: str, verb: str, client: str,
) -> dict[str, str]:  # fmt: skip
    """Return what the templates of a row are filled with: all that is this one reply's own."""
    words = reply.words
    failed = reply.severity in (Severity.TRANSIENT, Severity.PERMANENT)
    queued = queue_id(words) if context in ENDS and reply.severity is Severity.SUCCESS else ""
    return {
        "client": client,
        "hello": "EHLO",
        "domain": domain_of(recipient) or "that domain",
        "sender_domain": domain_of(sender) or "the sender's domain",
        "mechanism": mechanism or "this mechanism",
        "verb": verb,
        "code": "None" if reply.code is None else f"{reply.code:03}",
        "address": address_in(words) or "your address",
        "queued": f"; queue id {queued}" if queued else "",
        **(particulars(words[:TEXT_CHARACTERS]) if failed else NOTHING),
    }


ENDS = (Context.DATA_END, Context.BDAT_LAST)
"""What a message ends with: the reply says where it is kept."""

SOME_VERB = "this command"
"""What stands for a command that is not known."""


def known_verb(command: Command | None) -> str:
    """Return the command word if it is one: a stray password must not be shown as one."""
    if command is None or command.context in (Context.UNKNOWN, Context.AUTH_STEP):
        return SOME_VERB
    return command.verb or SOME_VERB


def domain_of(mailbox: str) -> str:
    """Return what follows the last `@`, or the empty string."""
    return mailbox.rpartition("@")[2] if "@" in mailbox else ""


_ADDRESS = (
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){3,7})(?![\w.:])"
)


def address_in(text: str) -> str:
    """Return the first IP address in the text, or the empty string."""
    text = text[:TEXT_CHARACTERS]
    if text.count(".") < 3 and text.count(":") < 3:
        return ""
    match = re.search(_ADDRESS, text)
    return match[0] if match else ""


Condition: TypeAlias = Callable[[Situation], bool]


class Says(Enum):
    """What the meaning of a row says already, so that nothing says it twice or against it."""

    UNASKED = "unasked"
    """That the reply answers no command."""
    OF_ITSELF = "of itself"
    """What a server says without being asked: a command need not be waiting for it."""
    CLOSES = "closes"
    """That the server ends the session."""
    EARLY = "early"
    """That the client spoke before the greeting."""
    NO_WRONG_SECRET = "no wrong secret"  # noqa: S105 - no password
    """That the login fails for something else than a wrong password, or of which token."""
    WRITTEN_OVER = "written over"
    """That a firewall has changed what was sent."""


class Row(NamedTuple):
    """A row of a table: what a reply means, what to do, and the public source that says so.

    `meaning`, `steps` and `note` are templates (`{domain}`); steps are separated by `; `. `says`
    tells what the meaning says besides its cause, and which defects of the reply.
    """

    title: str
    meaning: str
    cause: Cause
    steps: str
    source: str
    blame: Blame | None = None
    retry: Retry | None = None
    note: str = ""
    when: Condition | None = None
    says: frozenset[Says | Defect] = frozenset()


EARLY = frozenset({Says.EARLY})
CLOSES = frozenset({Says.CLOSES})
CLOSES_OF_ITSELF = frozenset({Says.CLOSES, Says.OF_ITSELF})
UNASKED = frozenset({Says.UNASKED})
NO_WRONG_SECRET = frozenset({Says.NO_WRONG_SECRET})

Rows: TypeAlias = Mapping[int, tuple[Row, ...]]
"""The rows of one command, by code."""

BASE = "RFC 5321 4.2.3, 4.3.2"
"""The source of what the base standard says of codes and commands."""


class Finding(NamedTuple):
    """What a rule found; blame and retry are None where the cause's own apply.

    `more` is how the meaning goes on, where it ends in a list longer than a line.
    `next_steps` are steps ready to show; without them those of the row's template are used.
    """

    row: Row
    basis: Basis = Basis.STANDARD
    provider: str | None = None
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    more: str = ""
    next_steps: tuple[NextStep, ...] = ()
    why: Why = Why()
    language: str = ""
