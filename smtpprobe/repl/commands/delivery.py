"""`:send`: a whole message on the open session; `:why`: why it does not get through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from smtpprobe.present.spans import NOTICE, Span

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def send(session: Session, argument: str) -> None:
    """`:send [OPTIONS] ADDRESS...`."""
    from smtpprobe.send.at_prompt import deliver  # noqa: PLC0415 - e-mail is heavy, and few send one
    from smtpprobe.send.reports import text_lines  # noqa: PLC0415

    mailbox = session.target.mailbox if session.target is not None else ""
    name, limit = session.settings.client, session.queue.limit
    report = await deliver(session.client, argument, name, mailbox, limit)
    lines = [(Span(NOTICE, f"# {first.text}"), *others) for first, *others in text_lines(report)]
    session.show(session.view.wrapped(lines))


async def why(session: Session, _argument: str) -> None:
    """`:why`: the verdict on what has happened so far; nothing is sent."""
    from smtpprobe.protocol.redact_events import redacted_event  # noqa: PLC0415 - few ask
    from smtpprobe.why.at_prompt import happened  # noqa: PLC0415 - few ask
    from smtpprobe.why.diagnose.diagnose import diagnose  # noqa: PLC0415
    from smtpprobe.why.reports.lines import folded, verdict_at_prompt  # noqa: PLC0415

    mailbox = session.target.mailbox if session.target is not None else ""
    events = (redacted_event(event, session.secrets) for event in session.client.events)
    known = happened(events, mailbox, datetime.now(UTC))
    lines = verdict_at_prompt(diagnose(known), known)
    width = session.view.width
    session.show(lines if width is None else folded(lines, width))
