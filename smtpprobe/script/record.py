"""Records a live session in a file, event by event, so that a killed program loses a second."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from smtpprobe.client import Client
from smtpprobe.errors import UsageError
from smtpprobe.net import clock
from smtpprobe.present.transcript_json import JsonTranscript
from smtpprobe.present.transcript_text import TextTranscript, Trust
from smtpprobe.protocol.events import Closed, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets

PATIENCE = 1.0
"""Seconds after which octets of an unfinished reply, and a held-back line, are written."""

Transcript: TypeAlias = TextTranscript | JsonTranscript


class Recorder:
    """Appends a client's events to a file made 0600; `.jsonl` gives JSON lines, else text.

    A file that exists is continued, never cut. If writing fails later (a full disk), recording
    ends, the session goes on and `on_failure` is told why. `secrets` are masked wherever they
    turn up, and so are the credentials that go out meanwhile.

    Raises:
        UsageError: the file cannot be written; nothing has been sent yet.
    """

    def __init__(
        self,
        client: Client,
        path: str,
        on_failure: Callable[[str], None] = lambda _reason: None,
        secrets: Secrets | None = None,
    ) -> None:
        self.path = path
        self._client = client
        self._on_failure = on_failure
        self._secrets = secrets or Secrets()
        self._written_partial = 0
        self._settling: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._transcript: Transcript = _transcript(client, path)
        self._file: int | None = _begun(path, self._transcript.begin(client.state))
        self._unsubscribe = client.subscribe(self._take)
        self._tick()

    def note(self, kind: str, fields: Mapping[str, object]) -> None:
        """Write what is no event of the session (`check`, `end`); only JSON lines hold it."""
        if isinstance(self._transcript, JsonTranscript):
            self._append(self._transcript.note(kind, fields))

    def close(self) -> None:
        """Write what is due and close the file; no-op when closed."""
        if self._file is None:
            return
        self._write_partial()
        self._append(self._transcript.settle())
        self._end()

    def _take(self, happening: Happening) -> None:
        if isinstance(happening.event, Closed):
            self._write_partial()
        if isinstance(happening.event, Sent):
            self._secrets.learn(happening.event.command)
        self._append(self._transcript.write(happening))
        self._written_partial = 0
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        if self._transcript.holds:
            self._settling = asyncio.get_running_loop().call_later(PATIENCE, self._settle)

    def _settle(self) -> None:
        self._append(self._transcript.settle())

    def _tick(self) -> None:
        self._write_partial()
        if self._file is not None:
            self._ticking = asyncio.get_running_loop().call_later(PATIENCE, self._tick)

    def _write_partial(self) -> None:
        """Note octets of a reply that has not ended; the reply is written whole when it ends."""
        if self._client.pending_octets <= self._written_partial:
            return
        octets = self._client.pending[self._written_partial :]
        self._written_partial += len(octets)
        self._append(self._transcript.partial(octets))

    def _append(self, text: str) -> None:
        if self._file is None:
            return
        try:
            _write(self._file, self._secrets.hide(text))
        except OSError as error:
            self._end()
            self._on_failure(f"recording to {self.path} ended: {error.strerror}")

    def _end(self) -> None:
        self._unsubscribe()
        for timer in (self._settling, self._ticking):
            if timer is not None:
                timer.cancel()
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _begun(path: str, head: str) -> int:
    """Open the file and write its head, which tells whether it can be written at all."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    file = None
    try:
        file = os.open(path, flags, 0o600)
        _write(file, head)
    except OSError as error:
        if file is not None:
            os.close(file)
        raise UsageError(f"cannot write the transcript {path}: {error.strerror}") from None
    return file


def _write(file: int, text: str) -> None:
    octets = text.encode("utf-8", "surrogateescape")
    while octets:
        octets = octets[os.write(file, octets) :]


def _transcript(client: Client, path: str) -> Transcript:
    if Path(path).suffix == ".jsonl":
        return JsonTranscript(clock.now)

    def trust() -> Trust:
        return Trust(client.options.verify, client.options.ca_file)

    return TextTranscript(clock.now, trust)
