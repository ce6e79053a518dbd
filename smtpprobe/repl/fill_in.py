"""`{{name}}` in a typed line: the values that scripts know, of this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


def filled_in(session: Session, text: str) -> str:
    """Return the line with its values.

    Raises:
        UsageError: a name has no value, or the value cannot stand in a line; nothing was sent.
    """
    from smtpprobe.script.run_values import RunValues  # noqa: PLC0415 - only for such lines
    from smtpprobe.script.values import BadValueError  # noqa: PLC0415

    values = RunValues(session.client, session.settings.client, session.target, {})
    hint = "> LINE sends it as it stands"
    for missing in values.missing(text):
        raise UsageError(f'"{missing.name}" has no value here; nothing sent', hint)
    try:
        return values.line(text)
    except BadValueError as error:
        raise UsageError(f"{error}; nothing sent", hint) from None
