"""Which replies are due in a dialogue of Exim's test client, and which ones a run would wait for.

Pure. The two differ where octets go out that a run does not take for commands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.protocol.command import first_word
from smtpprobe.script.importers.exim_expectations import Expected, Kind
from smtpprobe.script.importers.exim_lines import Send
from smtpprobe.script.importers.writer import BDAT

_HIDDEN = re.compile(rb"(?im)^(?:DATA|BDAT)\b")
_MANY = 1000
_DOT = b"\r\n.\r\n"


class Owing:
    """Replies to lines sent; at first the greeting is due.

    `due` counts those that the server has to give, as far as is known. `in_step` means that all
    is answered and a command may wait for its reply, `torn` that a reply was left before its end.
    `unasked` means that replies may be there that
    a run connects with nothing it sent.
    """

    def __init__(self) -> None:
        self.due = 1
        self.torn = False
        self._awaited = 1
        self._greeted = False
        self._sure = True
        self._rough = False
        self._asked_for_message = False
        self._in_message = False
        self._chunk = 0
        self._lmtp = False

    @property
    def in_step(self) -> bool:
        """Whether a command can be sent that waits for its reply."""
        idle = not (self._awaited or self._in_message or self._chunk)
        return self._greeted and self._sure and idle

    @property
    def in_message(self) -> bool:
        """Whether what goes out next is of a message or a chunk."""
        return self._in_message or self._chunk > 0

    @property
    def unasked(self) -> bool:
        """Whether replies may come that nothing seems to have asked for."""
        return self._rough and not self._in_message and not self._chunk

    def sent(self, send: Send) -> None:
        """Count the replies due for octets."""
        text = send.text
        if self._chunk:
            self._chunk = max(0, self._chunk - len(send.octets))
        elif self._in_message:
            self._message(send.octets)
        elif text is not None:
            self.line(text)
        else:
            self._octets(send.octets)

    def line(self, text: str) -> None:
        """Count the replies due for one line."""
        if not self._greeted and first_word(text) == "PROXY":
            return  # a header of the proxy's, in front of the session
        self.due += 1
        self._awaited += 1
        self._lmtp = self._lmtp or first_word(text) == "LHLO"
        self._asked_for_message = text.rstrip(" \t").upper() == "DATA"
        if match := BDAT.fullmatch(text):
            self._chunk = int(match[1])

    def message_sent(self) -> None:
        """Count the replies due for a whole message, its dot included."""
        self._in_message = False
        self._dot()

    def read(self, replies: Sequence[Expected]) -> None:
        """Take away what was read."""
        whole = sum(reply.kind is Kind.REPLY for reply in replies)
        self.torn = self.torn or replies[-1].kind is Kind.PART
        alone = replies[0].kind is Kind.LINES and len(replies) == len(replies[0].lines) == 1
        if alone and self.due == 1 and not replies[0].lines[0].startswith("<*"):
            whole = 1
        certain = replies[-1].kind is Kind.REPLY or not self._asked_for_message
        self._sure = self._sure and certain and whole == len(replies)
        self._greeted = True
        self._awaited = max(0, self._awaited - whole)
        self.due = 0 if self._rough else max(0, self.due - whole)
        self._rough = False
        if self._asked_for_message and replies[-1].may_be_354:
            self._in_message = True
        self._asked_for_message = False

    def _message(self, octets: bytes) -> None:
        if octets == b".\r\n" or octets.endswith(_DOT):
            self._in_message = False
            self._dot()
        elif _DOT in octets or octets.startswith(b".\r\n"):
            self._sure = False

    def _dot(self) -> None:
        """Count the replies due for a message; LMTP answers each recipient (RFC 2033, 4.2)."""
        self.due += _MANY if self._lmtp else 1
        self._awaited += 1
        self._sure = self._sure and not self._lmtp

    def _octets(self, octets: bytes) -> None:
        lines = octets.count(b"\n")
        self.due += lines
        if lines == 1 and octets.endswith(b"\r\n"):
            self._awaited += 1
        elif lines:
            self._rough = True
        if _HIDDEN.search(octets):
            self._sure = False
            self._asked_for_message = True
