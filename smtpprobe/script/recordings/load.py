"""A recording on disk, read back to be replayed."""

from __future__ import annotations

from smtpprobe.errors import ScriptError
from smtpprobe.protocol.events import Received
from smtpprobe.script.input_file import spoken_name, whole_octets
from smtpprobe.script.recordings.builder import Recording
from smtpprobe.script.recordings.read import read_recording

RECORDING_OCTETS = 64 * 1024 * 1024
"""The largest recording that is read."""


def load_recording(file: str) -> Recording:
    """Return the recording in a file, or on standard input (`-`); a reply is in it.

    Raises:
        ScriptError: it cannot be read, is no recording or holds no reply; the message has
            the place if there is one.
    """
    name = spoken_name(file)
    octets = whole_octets(file, RECORDING_OCTETS)
    recording = read_recording(octets, name)
    tracks = recording.tracks
    replies = (event for track in tracks for event in track.events if isinstance(event, Received))
    if not any(track.partial for track in tracks) and next(replies, None) is None:
        lines = octets.count(b"\n")
        raise ScriptError(
            f"{name}:{max(1, lines)}: the file contains no server reply",
            "smtpprobe --transcript FILE records a session; :save keeps only reply codes",
        )
    return recording
