"""`:send`: a whole message on the session that is open; the result is shown below."""

from __future__ import annotations

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
