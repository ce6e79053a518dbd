"""What to send, to which recipients and how, as data; an invalid address is refused. Pure.

An order says nothing of the server: what it offers is known only later, see `plan`.
"""

from __future__ import annotations

import re
from enum import Enum

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH


class Stage(Enum):
    """The steps of a delivery in their order; the value is the word in JSON."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "ehlo"
    TLS = "tls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    CONTENT = "content"
    QUIT = "quit"


STAGES = tuple(Stage)


class Point(Enum):
    """Where a session can be stopped on request; the value is the word of `--quit-after`."""

    CONNECT = "connect"
    FIRST_EHLO = "first-ehlo"
    STARTTLS = "starttls"
    EHLO = "ehlo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"


POINT_WORDS = {
    "banner": Point.CONNECT, "first-helo": Point.FIRST_EHLO, "tls": Point.STARTTLS,
    "helo": Point.EHLO, "from": Point.MAIL, "to": Point.RCPT,
    **{point.value: point for point in Point},
}  # fmt: skip
"""Each point by its own word and by what else it is called, in lower case."""


class Ending(Enum):
    """What is done at a point: QUIT, or a close without it, behind the reply or before it."""

    QUIT = "quit"
    DROP = "drop"
    DROP_UNANSWERED = "drop-unanswered"


class Stop(NamedTuple):
    """Where the session is stopped, and how."""

    point: Point
    ending: Ending


class Tls(Enum):
    """Whether STARTTLS is used."""

    OFFERED = "offered"
    REQUIRED = "required"
    NEVER = "never"


class Recipient(NamedTuple):
    """Where mail goes; `original` is its ORCPT as on the wire (RFC 3461 4.2), empty for none."""

    address: str
    original: str = ""


class Wishes(NamedTuple):
    """The parameters of MAIL and RCPT that were asked for; empty or None where one was not.

    `body` is a value of BODY (RFC 6152, RFC 3030); `utf8` asks for SMTPUTF8 although nothing
    needs it. `by` is the value of BY (RFC 2852), `hold` the whole parameter of RFC 4865. What
    stands in `mail` and `rcpt` goes out as it is.
    """

    notify: str = ""
    ret: str = ""
    envid: str = ""
    body: str = ""
    utf8: bool = False
    require_tls: bool = False
    priority: int | None = None
    by: str = ""
    hold: str = ""
    prdr: bool = False
    mail: tuple[str, ...] = ()
    rcpt: tuple[str, ...] = ()


class Order(NamedTuple):
    """A message's envelope and the way it goes.

    `client` is the name for EHLO. `mechanism` logs in, with the strongest one where it is empty;
    None does not. `pipeline` is None to do it where it is announced. `chunk` is
    the size of a BDAT chunk in octets, None for DATA. `force` sends what the server does not offer,
    and a password in the clear. `quits` ends the session with QUIT.
    """

    client: str
    sender: str
    recipients: tuple[Recipient, ...]
    tls: Tls = Tls.OFFERED
    mechanism: str | None = None
    wishes: Wishes = Wishes()
    pipeline: bool | None = None
    chunk: int | None = None
    stop: Stop | None = None
    force: bool = False
    quits: bool = True


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PATH = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^"<>\s])*')


def checked_address(text: str, option: str) -> str:
    """Return an address without blanks around it and without its brackets.

    Raises:
        UsageError: it would end the command line or the path, so something else would be sent.
    """
    written = text.strip(" ")
    if control := _CONTROL.search(written):
        what = "a line end" if control[0] in "\r\n" else "a control character"
        raise UsageError(
            f"{option}: {what} in an address; nothing sent",
            "to send such a line deliberately, use :raw at the prompt",
        )
    if written.startswith("<") and written.endswith(">"):
        written = written[1:-1]
    if not _PATH.fullmatch(written):
        raise UsageError(
            f"{option}: {text!r} is not an address; nothing sent",
            "write user@example.org; for anything else, MAIL and RCPT at the prompt",
        )
    return written


def checked_line(text: str, option: str) -> str:
    """Return a text that becomes part of a command line.

    Raises:
        UsageError: it would end the line.
    """
    if _CONTROL.search(text):
        raise UsageError(f"{option}: a line end or control character; nothing sent")
    return text


def checked_mechanism(text: str) -> str:
    """Return the name of a mechanism as it is announced, empty for `auto`.

    Raises:
        UsageError: it is not known.
    """
    name = text.upper()
    if name == "AUTO":
        return ""
    if name not in DONE_BY_AUTH:
        raise UsageError(f"--auth: {text!r} is not known here", f"auto, {', '.join(DONE_BY_AUTH)}")
    return name
