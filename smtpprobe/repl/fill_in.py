"""`{{name}}` in a typed line: the values that scripts know, of this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session
    from smtpprobe.script.scope import Scope


def filled_in(session: Session, text: str) -> str:
    """Return the line with its values.

    Raises:
        UsageError: a name has no value, or the value cannot stand in a line; nothing was sent.
    """
    from smtpprobe.script.scope import Unknowable  # noqa: PLC0415 - only for such lines
    from smtpprobe.script.values import BadValueError  # noqa: PLC0415

    try:
        return _scope(session).line(text)
    except (BadValueError, Unknowable) as error:
        raise UsageError(f"{error}; nothing sent", "> LINE sends it as it stands") from None


def filled_in_freely(session: Session, text: str) -> str:
    """Return a line that is sent as it stands: with its values only after `:expand on`."""
    return _scope(session).free(text)


def _scope(session: Session) -> Scope:
    from smtpprobe.script.session_facts import session_facts  # noqa: PLC0415

    scope = session.kept.scope
    scope.facts = session_facts(session.client, session.settings.client, session.target)
    scope.hidden = session.secrets
    return scope
