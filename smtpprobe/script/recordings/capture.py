"""`--pcap`: appends what clients send and receive to a packet capture, decrypted, as it happens.

Each event is in the file as soon as it has happened, in whole packets, so that a killed program
leaves a capture that can be read; octets of an unfinished reply are there after a second.
"""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path

from smtpprobe.client import Client
from smtpprobe.errors import UsageError
from smtpprobe.net import clock
from smtpprobe.protocol.events import Closed, Opened, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import blotted_event, learn_from
from smtpprobe.script.recordings.appended_file import AppendedFile
from smtpprobe.script.recordings.packets import HEADER, LONGEST_PACKET, RECORD, PacketTranscript

PATIENCE = 1.0
"""Seconds after which octets of an unfinished reply are written."""


class Capture:
    """A capture file made 0600, and the clients whose sessions go into it.

    A capture that exists is continued. `say` is told what is made up of a connection, and why the
    capture ends when writing fails later. Credentials are blotted out, each octet for itself,
    unless `keeps_secrets`.

    Raises:
        UsageError: the file cannot be written or continued; nothing has been sent yet.
    """

    def __init__(
        self,
        path: str,
        say: Callable[[str], None],
        secrets: Secrets,
        *,
        keeps_secrets: bool = False,
    ) -> None:
        self.path = path
        self._say = say
        self._secrets = None if keeps_secrets else secrets
        self._followed: list[_Followed] = []
        self._said: set[str] = set()
        head = b"" if _is_capture(path) else HEADER
        self._file: AppendedFile | None = AppendedFile(path, head, "the capture")
        self._tick()

    def follow(self, client: Client) -> None:
        """Have a client's sessions in it from now on."""
        number = 1000 * len(self._followed)
        self._followed.append(_Followed(client, number, self._secrets, self._append))

    def close(self) -> None:
        """Write what is due and close the file; no-op when closed."""
        for followed in self._followed:
            followed.write_partial(ended=True)
            followed.settle()
            followed.leave()
        self._ticking.cancel()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, packets: bytes, remark: str) -> None:
        if self._file is None:
            return
        if remark and remark not in self._said:
            self._said.add(remark)
            self._say(f"{self.path}: {remark}")
        try:
            self._file.append(packets)
        except OSError as error:
            self._file.close()
            self._file = None
            self._say(f"the capture {self.path} ends here: {error.strerror}")

    def _tick(self) -> None:
        for followed in self._followed:
            followed.write_partial()
        self._ticking = asyncio.get_running_loop().call_later(PATIENCE, self._tick)


class _Followed:
    """One client: what happens on it, as packets for `write`."""

    def __init__(
        self,
        client: Client,
        number: int,
        secrets: Secrets | None,
        write: Callable[[bytes, str], None],
    ) -> None:
        self._client = client
        self._packets = PacketTranscript(clock.now().timestamp() - clock.monotonic(), number)
        self._secrets = secrets
        self._write = write
        self._written = 0
        """How many octets of the unfinished reply are written."""
        self.leave = client.subscribe(self._take)
        state = client.state
        if state.target is not None and state.phase is not Phase.CLOSED:
            at, target = clock.monotonic(), state.target
            opened = Opened(at, target, state.host, state.port, state.peer, client.local)
            self._write(self._packets.write(opened), self._packets.remark)

    def write_partial(self, *, ended: bool = False) -> None:
        """Write octets of a reply that has not ended, up to where a secret may go on."""
        if self._client.pending_octets <= self._written:
            return
        octets = self._client.pending
        if self._secrets is not None:
            self._secrets.hear(octets)
            octets = self._secrets.blot(octets if ended else self._secrets.whole_part(octets))
        self._heard(clock.monotonic(), octets)
        self._written = max(self._written, len(octets))

    def _take(self, happening: Happening) -> None:
        event = happening.event
        if self._secrets is not None:
            learn_from(event, self._secrets)
            event = blotted_event(event, self._secrets)
        match event:
            case Received(at=at, reply=reply):
                self._heard(at, reply.raw)
                self._written = 0
                return
            case Secured(at=at, surplus=surplus):
                self._heard(at, surplus)
                self._written = 0
                event = event._replace(surplus=b"")
            case Opened() | Closed():
                self.write_partial(ended=True)
                self._written = 0
            case _:
                pass
        self._write(self._packets.write(event), self._packets.remark)
        if self._packets.holds:  # until the rest of the same write is told
            asyncio.get_running_loop().call_soon(self.settle)

    def settle(self) -> None:
        """Write what was sent and kept back."""
        if self._packets.holds:
            self._write(self._packets.settle(), self._packets.remark)

    def _heard(self, at: float, octets: bytes) -> None:
        """Write what came and is not written yet; secrets are blotted out in it."""
        packets = self._packets.heard(at, octets[self._written :])
        self._write(packets, self._packets.remark)


def _is_capture(path: str) -> bool:
    """Return whether a file is a capture that can be continued; False where there is none yet.

    Raises:
        UsageError: it is something else, or ends in the middle of a packet.
    """
    try:
        with Path(path).open("rb") as file:
            if not stat.S_ISREG(Path(path).stat().st_mode):
                return False
            if not (head := file.read(len(HEADER))):
                return False
            if head != HEADER:
                raise UsageError(f"{path} is not a capture of smtpprobe's", "name a new file")
            position, size = file.tell(), Path(path).stat().st_size
            while position < size and len(record := file.read(RECORD.size)) == RECORD.size:
                kept = min(RECORD.unpack(record)[2], LONGEST_PACKET)
                position = file.seek(kept, 1)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UsageError(f"cannot read the capture {path}: {error.strerror}") from None
    if position != size:
        raise UsageError(f"{path} ends in the middle of a packet", "name a new file")
    return True
