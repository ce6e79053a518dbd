"""One GET over a TLS stream (RFC 9110, RFC 9112): h11 parses the answer, bounded.

No redirects, no content coding, no trust decisions. A body counts as whole by its length or last
chunk, or when it had neither and TLS says that it ended (RFC 9112 8, 9.8).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import h11

from smtpprobe.net.connect import Streams
from smtpprobe.net.tls.strict_context import VouchedSession

MOST_HEADER = 65536
"""How long the head of an answer may be, and the line before a chunk, in octets."""

MOST_ANSWERS = 20
"""How many answers are read, those of 1xx before the one that counts included (RFC 9110 15.2)."""

AT_ONCE = 16384
"""How much is read at a time: a record of TLS."""

OK = 200


class NotHttp(Exception):  # noqa: N818 - names the outcome
    """The answer is not HTTP/1.1; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with its body as far as it came and was wanted.

    `missing` says, as a clause, where the body of a 200 breaks off; empty when it does
    not. `truncated`: more came than was wanted. `open_ended`: it had no length, and its end was not
    vouched for by TLS.
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    missing: str = ""
    truncated: bool = False
    open_ended: bool = False

    def field(self, name: str) -> str:
        """Return a header field, empty without it; octets that are no UTF-8 are surrogates."""
        wanted = name.lower().encode("ascii")
        found = b", ".join(value for key, value in self.headers if key == wanted)
        return found.decode("utf-8", "surrogateescape")


async def get(streams: Streams, host: str, path: str, most: int) -> Answer:
    """GET a path of a host and return the answer with at most `most` octets of its body.

    Raises:
        NotHttp: no answer came, or none that is HTTP.
        OSError: the connection, or TLS, failed before an answer was there.
    """
    exchange = _Exchange(streams)
    head = await exchange.head(host, path)
    body = await exchange.body(most)
    found = Answer(head.status_code, tuple(head.headers), body[:most])
    if len(body) > most:
        return replace(found, truncated=True)
    if exchange.whole or head.status_code != OK:
        return replace(found, open_ended=exchange.open_ended)
    return replace(found, missing=_missing(head, len(body)), open_ended=exchange.open_ended)


class _Exchange:
    """A request, and its answer as it comes."""

    def __init__(self, streams: Streams) -> None:
        self._reader, self._writer = streams
        # kept, as a stream that is closed has none any more
        self._session = self._writer.get_extra_info("ssl_object")
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADER)
        self._first = b""
        self._over = False
        self._framed = False
        self.whole = False
        """Whether the body ended as its header said."""

    @property
    def open_ended(self) -> bool:
        """Whether the body was to last as long as the connection, and TLS did not say its end."""
        vouched = isinstance(self._session, VouchedSession) and self._session.ended
        return self._over and not self._framed and not vouched

    async def head(self, host: str, path: str) -> h11.Response:
        """Send the request and return the head of the answer, after any 1xx."""
        headers = [("Host", host), ("User-Agent", "smtpprobe"), ("Accept-Encoding", "identity")]
        request = h11.Request(method="GET", target=path, headers=headers)
        for part in (request, h11.EndOfMessage()):
            self._writer.write(self._http.send(part) or b"")
        try:
            for _ in range(MOST_ANSWERS):
                event = await self._next()
                if isinstance(event, h11.Response):
                    self._framed = any(name in _FRAMES for name, _ in event.headers)
                    return event
                if not isinstance(event, h11.InformationalResponse):
                    raise NotHttp(_CLOSED)
            raise NotHttp(f"{MOST_ANSWERS} answers of 1xx, and none that counts")
        except h11.RemoteProtocolError as error:
            raise NotHttp(self._why(error)) from error

    def _why(self, error: h11.RemoteProtocolError) -> str:
        if not self._first or self._first.isspace():
            return _CLOSED
        if error.error_status_hint == _TOO_LARGE:
            return "a header of more than 64 KiB"
        line = self._first.lstrip().partition(b"\n")[0].rstrip()
        if not line.startswith(b"HTTP/"):
            return f"not HTTP: {line[:60].decode('utf-8', 'surrogateescape')}"
        return f"malformed HTTP: {error}"

    async def body(self, most: int) -> bytes:
        """Return the body as received, up to somewhat more than the limit."""
        body = bytearray()
        try:
            while len(body) <= most:
                event = await self._next()
                if not isinstance(event, h11.Data):
                    self.whole = isinstance(event, h11.EndOfMessage)
                    break
                body += event.data
        except h11.RemoteProtocolError:
            pass  # it breaks off
        except ConnectionError:
            self._over = True
        return bytes(body)

    async def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            await asyncio.sleep(0)  # what has come already is read without giving others a turn
            octets = await self._reader.read(AT_ONCE)
            self._first = self._first or octets
            self._over = not octets
            self._http.receive_data(octets)
        return event


_CLOSED = "closed before an answer"
_TOO_LARGE = 431
_FRAMES = (b"content-length", b"transfer-encoding")


def _missing(head: h11.Response, came: int) -> str:
    """Return what is missing of a body, as a clause; empty when nothing said where it ends."""
    headers = dict(head.headers)
    if b"transfer-encoding" in headers:
        return "before the last chunk"
    if b"content-length" in headers:
        return f"after {came} of {int(headers[b'content-length'])} octets"
    return ""
