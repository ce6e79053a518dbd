"""The prompt as text: where the session is, and whether inside TLS, in the columns there are.

Reports show the dialogue of a script with the same words.
"""

from __future__ import annotations

import re

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import escaped
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.session import START, State

WIDE, NARROW = 60, 41
"""Columns from which the prompt shows the whole host name, and any host name."""

BODY_PHASES = frozenset({Phase.DATA, Phase.BDAT})


class Place(NamedTuple):
    """What a prompt shows: the session's state, and what the state does not hold.

    `dialling` names the host being dialled, `held` counts the lines that `:hold` collects.
    """

    state: State = START
    dialling: str | None = None
    held: int | None = None


def prompt_text(place: Place, template: str, columns: int) -> str:
    """Return the prompt for this place; it ends with one blank.

    `template` is the setting of that name.
    """
    state = place.state
    if not state.pending:
        match state.phase:
            case Phase.DATA:
                return f"data {state.body.lines + 1}| "
            case Phase.BDAT:
                return f"bdat {state.body.left or 0}| "
            case Phase.AUTH:
                return "334| "
            case _:
                pass
    fields = _fields(place, columns)
    if columns < NARROW:
        return f"{fields['state']}> "
    text = _FIELD.sub(lambda match: fields.get(match[1], match[0]), template)
    return re.sub(r" {2,}", " ", text).strip(" ") + " "


_FIELD = re.compile(r"\{([a-z]+)\}")


def _fields(place: Place, columns: int) -> dict[str, str]:
    state = place.state
    offline = state.phase is Phase.CLOSED and place.dialling is None
    name = escaped(place.dialling if place.dialling is not None else state.host)
    host = "" if offline or place.held is not None else _short(name, columns)
    return {
        "host": host,
        "port": str(state.port) if state.port else "",
        "domain": escaped((state.target.domain if state.target else None) or ""),
        "tls": f"{word} " if (word := tls_word(state)) else "",
        "state": _word(place),
        "rcpt": str(len(state.recipients)),
        "line": str(state.body.lines + 1),
        "conn": "main",
    }


def _short(host: str, columns: int) -> str:
    """Return the first label in less than WIDE columns; addresses and paths stay whole."""
    if " " in host:  # a program with its options
        return host.partition(" ")[0].rpartition("/")[2]
    if columns >= WIDE or not re.search(r"[a-z]", host) or host.startswith("/"):
        return host
    return host.partition(".")[0]


def _word(place: Place) -> str:
    state = place.state
    if place.held is not None:
        return f"hold:{place.held}"
    if place.dialling is not None and state.phase is Phase.CLOSED:
        return "connecting\N{HORIZONTAL ELLIPSIS}"
    word = "ended" if state.ended else phase_word(state)
    waiting = state.awaiting or state.phase is Phase.TLS
    return word + ("\N{HORIZONTAL ELLIPSIS}" if waiting else "")


def tls_word(state: State) -> str:
    """Return the prompt's mark for TLS; empty in clear."""
    return "tls" if state.tls is not None and state.tls.ok else ""


def phase_word(state: State) -> str:
    """Return the session's phase as the prompt shows it: `ehlo`, `rcpt:2`."""
    word = PROMPT_WORDS[state.phase]
    return f"{word}:{len(state.recipients)}" if state.phase is Phase.RCPT else word
