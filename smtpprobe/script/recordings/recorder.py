"""Records a live session event by event, so that a killed program loses a second at most.

The file is only ever appended to, and readable by its owner alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from smtpprobe.client import Client
from smtpprobe.net import clock
from smtpprobe.present.transcript import CLOSING, CUT_OFF, ENDED, TextTranscript, Trust
from smtpprobe.present.transcript_json import MAIN, JsonTranscript
from smtpprobe.protocol.events import Closed, Opened, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import learn_from, redacted_happening
from smtpprobe.protocol.target import Target
from smtpprobe.script.recordings.appended_file import AppendedFile
from smtpprobe.script.results.results import CaseResult

PATIENCE = 1.0
"""Seconds after which octets of an unfinished reply, and a held-back line, are written."""

Transcript: TypeAlias = TextTranscript | JsonTranscript
Sink: TypeAlias = Callable[[str], object]
"""Takes whole lines as they are to be appended; an OSError of it ends the recording."""


class Recorder:
    """Appends a client's events to a file made 0600; `.jsonl` gives JSON lines, else text.

    A file that exists is continued, never cut. Instead of a path there may be a function, which is
    given JSON lines. If writing fails later (a full disk), recording ends, the session goes on and
    `on_failure` gets the reason. `secrets` are masked wherever they occur, and so are credentials
    sent since. `file` is the script that runs, empty for none; `target` the one it was
    given, None where the session's own is meant.

    Raises:
        UsageError: the file cannot be written; nothing has been sent yet.
    """

    def __init__(
        self,
        client: Client,
        path: str | Sink,
        on_failure: Callable[[str], None] = lambda _reason: None,
        secrets: Secrets | None = None,
        *,
        file: str = "",
        target: Target | None = None,
    ) -> None:
        self.path = path if isinstance(path, str) else ""
        self._on_failure = on_failure
        self._secrets = secrets if secrets is not None else Secrets()
        self._script = file
        self._target = target
        self._client = client
        self._transcript = _transcript(client, path)
        self._told = MAIN
        self._ticking: asyncio.TimerHandle | None = None
        self._file: AppendedFile | None = None
        self._sink: Sink | None = None
        if isinstance(path, str):  # first: if it fails, nothing has subscribed to the client yet
            appended = AppendedFile(path, _octets(self._head()), "the transcript", self._apart)
            self._file, self._sink = appended, lambda text: appended.append(_octets(text))
        else:
            self._sink = path
        self._begun = self._file is not None
        self._followed = [_Followed(client, self._transcript, self._from_main, self._secrets)]
        self._tick()

    def follow(self, name: str, client: Client) -> None:
        """Record another connection of the same run too, by the name that `:on` gave it."""
        if isinstance(self._transcript, JsonTranscript):
            beside: Transcript = self._transcript.beside(name)
        else:
            beside = self._transcript.beside(_trust_of(client))
        self._followed.append(
            _Followed(client, beside, lambda text: self._from(name, text), self._secrets)
        )

    def begin_case(self, name: str | None) -> None:
        """Note that a case begins; only JSON lines hold it.

        One without a name is the script itself, whose beginning a file has told already.
        """
        if isinstance(self._transcript, JsonTranscript) and (name is not None or not self._begun):
            self._begun = True
            self._append(self._head(name))

    def end_case(self, result: CaseResult) -> None:
        """Note the checks of a case; only JSON lines hold them."""
        for check in result.checks:
            self.note("check", {"conn": check.moment.connection or MAIN, **check.plain()})

    def note(self, kind: str, fields: Mapping[str, object]) -> None:
        """Write what is no event of the session (`check`, `end`); only JSON lines hold it."""
        if isinstance(self._transcript, JsonTranscript):
            self._from_main(self._transcript.note(kind, fields))

    def close(self) -> None:
        """Write what is due and close the file; no-op when closed."""
        if self._sink is None:
            return
        for followed in self._followed:
            followed.settle(ended=True)
        self._end()

    def _head(self, case: str | None = None) -> str:
        state = self._client.state
        if isinstance(self._transcript, JsonTranscript):
            target = self._target or state.target
            return self._transcript.begin(state, target, self._script, case)
        return self._transcript.begin(state)

    def _apart(self, end: bytes) -> bytes:
        """Return what keeps an earlier recording, which may end anywhere, apart from this one."""
        whole = end.endswith(b"\n")
        if isinstance(self._transcript, JsonTranscript):
            return b"" if whole else b"\n"
        if end.endswith(tuple(f"\n{line}".encode() for line in CLOSING)):
            return b""
        return (ENDED if whole else f"\n{CUT_OFF}").encode()

    def _from_main(self, text: str) -> None:
        self._from(MAIN, text)

    def _from(self, name: str, text: str) -> None:
        """Append what a connection gave; as text, with its name where another one spoke before."""
        if not text:
            return
        if not self._begun:
            self._begun = True
            self._append(self._head())
        if name != self._told and isinstance(self._transcript, TextTranscript):
            self._told = name
            text = f":on {name}\n{text}"
        self._append(text)

    def _append(self, text: str) -> None:
        if self._sink is None:
            return
        try:
            self._sink(self._secrets.hide(text))
        except OSError as error:
            self._end()
            self._on_failure(f"recording to {self.path or 'the stream'} stopped: {error.strerror}")

    def _tick(self) -> None:
        for followed in self._followed:
            followed.write_partial()
        if self._sink is not None:
            self._ticking = asyncio.get_running_loop().call_later(PATIENCE, self._tick)

    def _end(self) -> None:
        self._sink = None
        for followed in self._followed:
            followed.leave()
        if self._ticking is not None:
            self._ticking.cancel()
        if self._file is not None:
            self._file.close()


class _Followed:
    """One connection that is recorded: what happens on it, as text for `write`."""

    def __init__(
        self, client: Client, transcript: Transcript, write: Callable[[str], None], secrets: Secrets
    ) -> None:
        self.client = client
        self._transcript = transcript
        self._write = write
        self._secrets = secrets
        self._written_partial = 0
        self._settling: asyncio.TimerHandle | None = None
        self._unsubscribe = client.subscribe(self._take)

    def settle(self, *, ended: bool = False) -> None:
        """Write what is due; with `ended` also what was waiting for more."""
        self.write_partial(ended=ended)
        self._write(self._transcript.settle())

    def leave(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        if self._settling is not None:
            self._settling.cancel()

    def write_partial(self, *, ended: bool = False) -> None:
        """Note octets of a reply that has not ended; the reply is written whole when it ends.

        What may go on as a secret waits for the rest, unless the reply has `ended` here.
        """
        if self.client.pending_octets <= self._written_partial:
            return
        octets = self.client.pending[self._written_partial :]
        if not ended:
            octets = self._secrets.whole_part(octets)
        if not octets:
            return
        self._secrets.hear(octets)
        self._written_partial += len(octets)
        self._write(self._transcript.partial(self._secrets.hide_octets(octets)))

    def _take(self, happening: Happening) -> None:
        if isinstance(happening.event, Closed):
            self.write_partial(ended=True)
        learn_from(happening.event, self._secrets)
        self._write(self._transcript.write(redacted_happening(happening, self._secrets)))
        if isinstance(happening.event, (Opened, Received, Secured, Closed)):
            self._written_partial = 0  # what was begun belongs to it, or is gone
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        if self._transcript.holds:
            self._settling = asyncio.get_running_loop().call_later(PATIENCE, self.settle)


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _transcript(client: Client, path: str | Sink) -> Transcript:
    if not isinstance(path, str) or Path(path).suffix == ".jsonl":
        return JsonTranscript(clock.now)
    return TextTranscript(clock.now, _trust_of(client))


def _trust_of(client: Client) -> Callable[[], Trust]:
    return lambda: Trust(client.options.verify, client.options.ca_file)
