"""Recordings read back: a text or JSON transcript as the events of its session. Pure.

Folded and annotated they give the states and annotations of the live session.

A recording on disk, read back to be replayed.
"""

from __future__ import annotations

from smtpprobe.errors import ScriptError
from smtpprobe.protocol.events import Received
from smtpprobe.script.batch.load import spoken_name, whole_octets
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.builder import Recording
from smtpprobe.script.recordings.json_lines import read_json
from smtpprobe.script.recordings.text import read_text


def read_recording(octets: bytes, name: str = "transcript") -> Recording:
    """Return what a transcript holds, text or JSON lines; times are 0 in text.

    Raises:
        ScriptError: it is neither.
    """
    if octets.lstrip()[:1] == b"{":
        return read_json(octets, name)
    return read_text(parse(octets, name))


RECORDING_OCTETS = 64 * 1024 * 1024
"""The largest recording that is read; text ones have the limit of scripts."""


def load_recording(file: str) -> Recording:
    """Return the recording in a file, or on standard input (`-`); a reply is in it.

    Raises:
        ScriptError: it cannot be read, is no recording or holds no reply; the message tells the
            place where there is one.
    """
    name = spoken_name(file)
    octets = whole_octets(file, RECORDING_OCTETS)
    recording = read_recording(octets, name)
    tracks = recording.tracks
    replies = (event for track in tracks for event in track.events if isinstance(event, Received))
    if not any(track.partial for track in tracks) and next(replies, None) is None:
        lines = octets.count(b"\n")
        raise ScriptError(
            f"{name}:{max(1, lines)}: the file ends and holds no reply of a server",
            "smtpprobe --transcript FILE records a session; a script of :save holds codes only",
        )
    return recording


def has_times(recording: Recording) -> bool:
    """Tell whether a recording holds times: text transcripts do not."""
    return any(event.at for track in recording.tracks for event in track.events)
