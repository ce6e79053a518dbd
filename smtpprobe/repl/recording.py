"""`:transcript` and `:pcap`: what records the session, begun and ended at the prompt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.present.escape import shown
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import redacted_event
from smtpprobe.repl.output import Output

if TYPE_CHECKING:
    from smtpprobe.client import Client
    from smtpprobe.script.recordings.capture import Capture
    from smtpprobe.script.recordings.recorder import Recorder


class Recording:
    """At most one recording at a time; each event is on disk as soon as it is on screen.

    `secrets` are masked in what is written.
    """

    def __init__(self, client: Client, output: Output, secrets: Secrets) -> None:
        self._client = client
        self._output = output
        self._secrets = secrets
        self._recorder: Recorder | None = None

    def start(self, path: str) -> None:
        """Record from now on, in addition to what the file holds; raises UsageError."""
        from smtpprobe.script.recordings.recorder import Recorder  # noqa: PLC0415 - only to record

        recorder = Recorder(
            self._client, str(Path(path).expanduser()), self._output.say, self._secrets
        )
        # the new one is there by now: where it cannot be written the old one goes on
        self.stop()
        self._recorder = recorder
        self._output.say(f"recording to {shown(path)}")

    def stop(self) -> None:
        """End the recording, if there is one."""
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None

    def save(self, name: str, client: str, *, over: bool) -> None:
        """Write what is remembered of the session as a script; `client` is the EHLO name in use.

        A new file is for its owner only: it may hold addresses.

        Raises:
            UsageError: nothing to save, or the file already exists or cannot be written.
        """
        from smtpprobe.script.recordings.save import saved_script  # noqa: PLC0415 - only to save

        if not name:
            raise UsageError("save: file name is missing", ":save session.smtp")
        events = (redacted_event(event, self._secrets) for event in self._client.events)
        saved = saved_script(events, client)
        octets = self._secrets.hide(saved.text).encode("utf-8", "surrogateescape")
        instead = os.O_TRUNC if over else os.O_EXCL
        _written(name, octets, instead, f"use :save! {name} to overwrite it")
        self._output.say(shown(saved.summary(name)))

    def write(self, name: str, text: str, command: str) -> None:
        """Write a text to a new file, for its owner only; secrets are masked in it.

        Raises:
            UsageError: the file already exists or cannot be written.
        """
        if not name:
            raise UsageError(f"{command}: file name is missing", f":{command} session.txt")
        octets = self._secrets.hide(text).encode("utf-8", "surrogateescape")
        _written(name, octets, os.O_EXCL, f"choose another name than {name}")

    @property
    def path(self) -> str:
        """Where is recorded to; empty when nothing is."""
        return self._recorder.path if self._recorder is not None else ""


class Capturing:
    """At most one packet capture at a time. `secrets` are masked in it, unless it keeps them."""

    def __init__(self, client: Client, output: Output, secrets: Secrets) -> None:
        self._client = client
        self._output = output
        self._secrets = secrets
        self._capture: Capture | None = None

    def start(self, path: str, *, keeps_secrets: bool) -> None:
        """Capture from now on, in addition to what the file holds; raises UsageError."""
        from smtpprobe.script.recordings.capture import Capture  # noqa: PLC0415 - only when chosen

        capture = Capture(
            str(Path(path).expanduser()), lambda text: self._output.say(shown(text)),
            self._secrets, keeps_secrets=keeps_secrets,
        )  # fmt: skip
        self.stop()
        self._capture = capture
        masked = "passwords included" if keeps_secrets else "passwords masked"
        self._output.say(f"capturing to {shown(path)}, decrypted, {masked}")
        capture.follow(self._client)

    def stop(self) -> None:
        """End the capture, if there is one."""
        if self._capture is not None:
            self._capture.close()
            self._capture = None

    @property
    def path(self) -> str:
        """Where is captured to; empty when nothing is."""
        return self._capture.path if self._capture is not None else ""


def _written(name: str, octets: bytes, instead: int, hint: str) -> None:
    """Write a file made 0600; `instead` is what is done where it is there already."""
    try:
        flags = os.O_WRONLY | os.O_CREAT | instead
        with os.fdopen(os.open(Path(name).expanduser(), flags, 0o600), "wb") as file:
            file.write(octets)
    except FileExistsError:
        raise UsageError(f"{name} already exists", hint) from None
    except OSError as error:
        raise UsageError(f"cannot write {name}: {error.strerror}") from None
