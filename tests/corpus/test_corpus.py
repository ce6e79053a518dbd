"""Recorded sessions, read back and annotated: a new server behaviour is one file more.

`make golden` writes the annotated output anew; it is read in the difference to what was.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smtpprobe.present.reply import Detail
from smtpprobe.present.session import SessionView
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import START, advance
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.reports.text import DialogueView

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.smtp"))


def annotated(transcript: Path) -> str:
    view = DialogueView(SessionView(Detail.FULL, timings=False))
    state, parts = START, []
    for event in read_recording(transcript.read_bytes(), transcript.name).events:
        before = state
        state, exchange = advance(before, event)
        lines = view.lines(Happening(event, before, state, exchange))
        parts.append(rendered(lines, colour=False))
    return "".join(parts)


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_recorded_session_is_explained_as_stored(transcript: Path) -> None:
    stored = transcript.with_suffix(".annotated")
    found = annotated(transcript)
    if os.environ.get("SMTPPROBE_GOLDEN") == "write":
        stored.write_text(found, encoding="utf-8")
    assert found == stored.read_text(encoding="utf-8"), "make golden, then read the difference"


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_a_script(transcript: Path) -> None:
    assert parse(transcript.read_bytes(), transcript.name).steps


def test_the_corpus_holds_real_and_hostile_servers() -> None:
    kinds = {path.stem.split("-", maxsplit=1)[0] for path in TRANSCRIPTS}
    assert {"postfix", "exim", "dovecot", "practice", "hostile"} <= kinds
