"""A recording on disk, read back to be replayed."""

from __future__ import annotations

from smtpprobe.errors import ScriptError
from smtpprobe.protocol.events import Received
from smtpprobe.script.bounded_read import STANDARD_INPUT, octets_at_most
from smtpprobe.script.recording import read_recording
from smtpprobe.script.recording_builder import Recording

RECORDING_OCTETS = 64 * 1024 * 1024
"""The largest recording that is read; text ones have the limit of scripts."""


def load_recording(file: str) -> Recording:
    """Return the recording in a file, or on standard input (`-`); a reply is in it.

    Raises:
        ScriptError: it cannot be read, is no recording or holds no reply; the message tells the
            place where there is one.
    """
    name = "standard input" if file == STANDARD_INPUT else file
    try:
        octets = octets_at_most(file, RECORDING_OCTETS + 1)
    except OSError as error:
        raise ScriptError(f"cannot read {name}: {error.strerror}") from None
    if len(octets) > RECORDING_OCTETS:
        raise ScriptError(f"{name} is larger than {RECORDING_OCTETS // 1024**2} MiB")
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
