"""Recordings read back: a text or JSON transcript as the events of its session. Pure.

Folded and annotated they give the states and annotations of the live session.
"""

from __future__ import annotations

from smtpprobe.script.recordings.builder import Recording, RecordingBuilder
from smtpprobe.script.recordings.json_lines import read_json
from smtpprobe.script.recordings.text import TextParts


def read_recording(octets: bytes, name: str = "transcript") -> Recording:
    """Return what a transcript holds, text or JSON lines; times are 0 in text.

    Raises:
        ScriptError: it is neither.
    """
    if octets.lstrip()[:1] == b"{":
        return read_json(octets, name)
    builder = RecordingBuilder()
    parts = TextParts(builder, name)
    *lines, rest = octets.split(b"\n")
    for line in lines:
        parts.take(line)
    parts.close(rest)
    recording = builder.done()
    return recording if parts.is_ours else Recording(recording.tracks)


def has_times(recording: Recording) -> bool:
    """Return whether a recording holds times: text transcripts do not."""
    return any(event.at for track in recording.tracks for event in track.events)
