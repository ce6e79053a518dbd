"""The annotation of a reply: what it means here and what to do now, as plain data."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from smtpprobe.knowledge.causes import Blame, Cause, Retry
from smtpprobe.protocol.phase import Context
from smtpprobe.protocol.reply import EnhancedCode


class Basis(Enum):
    """On whose word an annotation rests; the value is the word in JSON."""

    STANDARD = "standard"
    """An RFC or the IANA registry says so."""
    PROVIDER = "provider"
    """A provider's or product's own documentation of this text says so."""
    LIKELY = "likely"
    """A reading of the text; the meaning then begins with `likely: `."""


class NextStep(NamedTuple):
    """One thing to do now: shown as `text`; `command` is what can be typed for it, or empty."""

    text: str
    command: str = ""


class Annotation(NamedTuple):
    """What one reply means. All texts are plain ASCII and at most 100 characters a line.

    `context` is what the reply answers, None when unknown or unsolicited. `remarks` tell what is
    odd about the reply itself, `notes` where standard, provider, code and text disagree.
    `details` are further facts of this reply, a line
    each (an EHLO keyword with its meaning, a certificate). No field is a measured time, so that
    a recording gives the same annotation as the live session. `more` is how the meaning goes on
    behind a blank, where it ends in a list that is longer than a line.
    """

    code: int | None
    enhanced: EnhancedCode | None
    context: Context | None
    title: str
    meaning: str
    next_steps: tuple[NextStep, ...]
    cause: Cause
    blame: Blame
    retry: Retry
    basis: Basis
    provider: str | None = None
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    more: str = ""
