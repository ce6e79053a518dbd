"""What has to hold of every face and every server: each law by name, and what breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from smtpprobe.sandbox.hostile.catalogue import Entry, Outcome
from smtpprobe.sandbox.hostile.server import MOST_SAID
from smtpprobe.sandbox.hostile.stages import Stage
from tests.hostile.faces import B64, FACES, PASSWORD, Met

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udc7f\udd00-\udfff]"
)
"""What drives a terminal or hides; octets that are no UTF-8 are looked at by themselves."""

OF_THE_PROMPT = re.compile(r"(?!\x1b\[2J)\x1b\[[?0-9;]*[mKJABCDGHhlq]|\r|\x1b[78=>]")
"""What the line editor itself sends to a terminal; it never clears the screen here."""


def _ends_as_it_has_to(entry: Entry, at: Stage, met: Met) -> str:
    wanted = entry.outcome_at(at, FACES[met.face].decided)
    if (
        met.ran.well is None
        or wanted is Outcome.EITHER
        or (wanted is Outcome.HOLDS) == met.ran.well
    ):
        return ""
    return f"success is {met.ran.well}, where {wanted.value} was due"


def _shows_no_raw_octet(_entry: Entry, _at: Stage, met: Met) -> str:
    text = met.ran.shown
    if met.ran.well is None:
        text = OF_THE_PROMPT.sub("", text)
        text = re.sub(r"(?<!no)\x08+", "", text)  # the editor's way to the left
    found = RAW.search(text)
    return "" if found is None else f"shows {text[max(0, found.start() - 40) : found.end() + 20]!r}"


def _records_every_octet(_entry: Entry, _at: Stage, met: Met) -> str:
    received = met.ran.received
    if received is None:
        return ""
    common = min(len(met.said), len(received), MOST_SAID)
    if met.said[:common] != received[:common] or len(received) > len(met.said) < MOST_SAID:
        at = next(
            (n for n, (a, b) in enumerate(zip(met.said, received, strict=False)) if a != b),
            min(len(met.said), len(received)),
        )
        around = slice(max(0, at - 30), at + 30)
        return f"recorded {received[around]!r}, where {met.said[around]!r} was sent"
    return ""


def _says_why(_entry: Entry, _at: Stage, met: Met) -> str:
    return "" if met.ran.well or met.ran.shown.strip() else "says nothing"


def _says_no_password(_entry: Entry, _at: Stage, met: Met) -> str:
    for text in (met.ran.shown, met.ran.recorded):
        if PASSWORD in text or B64 in text:
            return "the password is there"
    return ""


MOST_GROWN = 48.0
"""MiB: a client remembers 16 of a session, and a portion of the flood is on its way."""


def _stays_small(_entry: Entry, _at: Stage, met: Met) -> str:
    return f"grew by {met.grown:.0f} MiB" if met.grown > MOST_GROWN else ""


class Law(NamedTuple):
    """A promise, in the words of the page, and what finds that it was broken."""

    promise: str
    finds: Callable[[Entry, Stage, Met], str]


LAWS: Final = {
    "outcome": Law(
        "Nothing counts as a success that the server did not complete, and what is harmless "
        "disturbs nothing.",
        _ends_as_it_has_to,
    ),
    "screen": Law("No control character of the server reaches the screen.", _shows_no_raw_octet),
    "record": Law(
        "A transcript, and the events of the Python interface, have every octet received, once.",
        _records_every_octet,
    ),
    "words": Law("It says what happened.", _says_why),
    "secret": Law("The password is in no output and no file.", _says_no_password),
    "memory": Law("Memory stays bounded, also in a flood.", _stays_small),
}
PROMISES: Final = (
    "It ends within its own time limits, with no traceback, and leaves no connection open.",
    *(law.promise for law in LAWS.values()),
)
"""The first one is kept by the run itself."""


def broken(entry: Entry, at: Stage, met: Met) -> list[str]:
    """Return what is broken, a line each."""
    found = {name: law.finds(entry, at, met) for name, law in LAWS.items()}
    return [f"{name}: {said}" for name, said in found.items() if said]
