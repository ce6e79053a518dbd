"""What is noted where nothing came within the limit, or a close came in place of a reply.

All of it ends the wait: by Stop where the case ends, else by Missed.
"""

from __future__ import annotations

from typing import NoReturn

from smtpprobe.protocol.events import By, Closed, Event
from smtpprobe.protocol.units import written_duration
from smtpprobe.script.language.matchers import Eof, WithinTerm
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Place
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.runner.matching.wording import asked
from smtpprobe.script.runner.waits.listener import MESSAGE_ENDS, Listener

UNCERTAIN = "; the message may have been accepted"
"""What is said where the reply to the end of a message is missing (RFC 5321 4.5.3.2.6)."""


def timed_out(on: Listener, place: Place, name: str = "", *, closing: bool = False) -> NoReturn:
    """Note that the reply due, or `name`, has not come within the limit, and end the case."""
    due = on.due
    message = _not_come(on, on.seconds() or 0.0, name, closing=closing)
    name = asked(due) if due else name
    on.ledger.ended(Reason.NO_REPLY, message, place, name=name, trouble=Trouble.NO_ANSWER)


def nothing_came(on: Listener, step: Expect) -> NoReturn:
    """Note a miss where a limit was written or the expectation is soft; else end the case."""
    closing = isinstance(step.what, Eof)
    if step.within is None and not step.soft:
        timed_out(on, step.place, closing=closing)
    message = _not_come(on, step.within or on.seconds() or 0.0, closing=closing)
    term = next((term for term in step.terms if isinstance(term, WithinTerm)), None)
    column, text = (term.column, term.text) if term else (step.column, step.what_text)
    mark = Mark(step.place.line, column, len(text), file=step.place.file)
    on.ledger.failed(
        Reason.LATE, message, step.place, expect=step.wanted, marks=(mark,), soft=step.soft,
        final=not step.soft,
    )  # fmt: skip


def closed_instead(on: Listener, step: Expect, closed: Event) -> NoReturn:
    """Note that the connection ended where a reply was expected."""
    assert isinstance(closed, Closed), "data that is not a reply counts as a close"
    who = "the server" if closed.by is By.THEM else "we"
    reason = f" ({closed.reason})" if closed.reason else ""
    uncertain = UNCERTAIN if on.inbox.message_lost else ""
    _closed(on, step, f"{who} closed the connection before a reply came{reason}{uncertain}")


def already_closed(on: Listener, step: Expect) -> NoReturn:
    """Note that nothing can come any more: the close was looked at before."""
    message = "nothing can follow: the connection was already expected to close"
    _closed(on, step, message)


def _closed(on: Listener, step: Expect, message: str) -> NoReturn:
    on.ledger.failed(
        Reason.CLOSED, message, step.place, expect=step.wanted, soft=step.soft, final=not step.soft
    )


def _not_come(on: Listener, seconds: float, name: str = "", *, closing: bool = False) -> str:
    """Return the message that nothing came within the limit, and what that means."""
    limit, due = written_duration(seconds), on.due
    octets = on.client.pending_octets
    partly = f" ({octets} octets of one came)" if octets else ""
    name = asked(due) if due else name
    if closing:
        told = f"server did not close within {limit}"
    elif due is not None and due.context in MESSAGE_ENDS:
        told = f"no reply to the end of the message within {limit}{partly}{UNCERTAIN}"
    elif name or on.client.state.awaiting:
        told = f"no reply{' to ' * bool(name)}{name} within {limit}{partly}"
    else:
        why = on.at_once.why_none(on.client.state.phase)
        told = f"no reply within {limit}{partly}, and {why}"
    return told
