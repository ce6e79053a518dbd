"""`{{name}}` in a typed line: the values that scripts know, of this session."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


def filled_in(session: Session, text: str) -> str:
    """Return the line with its values.

    Raises:
        UsageError: a name has no value, or the value cannot stand in a line; nothing was sent.
    """
    from smtpprobe.script.known_names import Outside  # noqa: PLC0415
    from smtpprobe.script.scope import Scope, Unknowable  # noqa: PLC0415 - only for such lines
    from smtpprobe.script.session_facts import session_facts  # noqa: PLC0415
    from smtpprobe.script.values import BadValueError  # noqa: PLC0415

    facts = session_facts(session.client, session.settings.client, session.target)
    try:
        return Scope(Outside(environment=os.environ), facts).line(text)
    except (BadValueError, Unknowable) as error:
        raise UsageError(f"{error}; nothing sent", "> LINE sends it as it stands") from None
