"""Recordings read back: a text or JSON transcript as the events of its session. Pure.

Folded and annotated they give the states and annotations of the live session.
"""

from __future__ import annotations

from smtpprobe.script.language import parse
from smtpprobe.script.recorded_json import read_json
from smtpprobe.script.recorded_text import read_text
from smtpprobe.script.recording_builder import Recording


def read_recording(octets: bytes, name: str = "transcript") -> Recording:
    """Return what a transcript holds, text or JSON lines; times are 0 in text.

    Raises:
        ScriptError: it is neither.
    """
    if octets.lstrip()[:1] == b"{":
        return read_json(octets, name)
    return read_text(parse(octets, name))
