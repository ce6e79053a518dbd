"""The message that the options give: composed, or read as it is, or signed."""

from __future__ import annotations

import argparse
import mimetypes
from collections.abc import Sequence
from email.utils import make_msgid
from pathlib import Path
from typing import BinaryIO

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.clock import mail_date
from smtpprobe.protocol.units import shown_octets
from smtpprobe.send.message.composed import BODIES, Attachment, Draft, composed, read_header
from smtpprobe.send.message.source import InFile, Part, Source, opened
from smtpprobe.send.order import checked_line

TEXT_OCTETS = 16 << 20
"""How long a text that is composed may be; `--eml` and `--attach` take files of any size."""


class Letter(NamedTuple):
    """The sender and recipients of a message, by its header."""

    sender: str
    to: Sequence[str]
    cc: Sequence[str]
    client: str


def given_message(words: argparse.Namespace, letter: Letter) -> Source:
    """Return the message.

    Raises:
        UsageError: a file cannot be read, a header cannot be written, or options contradict.
    """
    binary = (words.body_type or "").upper() == "BINARYMIME"
    if words.eml is not None:
        _alone(words)
        return _signed(words, Source((InFile(opened(words.eml, "--eml")),), binary=binary))
    message_id = make_msgid(domain=letter.client if letter.client.isascii() else "localhost")
    attached = [_attached(text, words.attach_type) for text in words.attach]
    draft = Draft(
        sender=letter.sender,
        to=letter.to,
        cc=letter.cc,
        subject=checked_line(words.subject, "--subject"),
        body=_body(words.body),
        headers=[read_header(text, "--header") for text in words.header],
        added=[read_header(text, "--add-header") for text in words.add_header],
        attachments=[attachment for attachment, _ in attached],
        date=mail_date(),
        message_id=message_id,
        client=letter.client,
    )
    begin, *others = composed(draft)
    parts: list[Part] = [begin]
    for (_, file), after in zip(attached, others, strict=True):
        parts += [InFile(file, coded=True), after]
    return _signed(words, Source(tuple(parts), message_id, binary=binary))


def _alone(words: argparse.Namespace) -> None:
    """See that nothing is to be composed beside a message that is whole."""
    for name in ("body", "header", "add_header", "attach", "attach_type", "subject"):
        if getattr(words, name):
            option = f"--{name.replace('_', '-')}"
            told = f"--eml and {option} cannot be used together"
            raise UsageError(told, "a whole message is sent as it is")


def _body(given: str | None) -> str:
    r"""Return the text of `--body`: a name, `@FILE`, `-`, or the text itself, `\n` a line end."""
    if given is None:
        return "This is a test message.\n"
    if given.lower() in BODIES:
        return BODIES[given.lower()]
    if given == "-" or given.startswith("@"):
        return text_of(given.removeprefix("@"), "--body")
    text = given.replace("\\n", "\n")
    return text if text.endswith("\n") else f"{text}\n"


def text_of(path: str, option: str) -> str:
    """Return the text of a file, `-` for standard input.

    Raises:
        UsageError: it cannot be read, is too long, or is no UTF-8.
    """
    with opened(path, option) as file:
        file.seek(0)
        octets = file.read(TEXT_OCTETS + 1)
    if len(octets) > TEXT_OCTETS:
        told = f"{option}: {path} is larger than {shown_octets(TEXT_OCTETS)}"
        raise UsageError(told, "use --attach @FILE, or --eml FILE for a whole message")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(
            f"{option}: {path} is not UTF-8",
            "use --attach @FILE, or --eml FILE for a whole message",
        ) from None


def _attached(given: str, kind: str | None) -> tuple[Attachment, BinaryIO]:
    path = given.removeprefix("@")
    file = opened(path, "--attach")
    name = "stdin" if path == "-" else Path(path).name
    found = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    main, slash, sub = found.partition("/")
    if not (
        slash
        and main.isalnum()
        and sub.replace(".", "").replace("-", "").replace("+", "").isalnum()
    ):
        raise UsageError(f"--attach-type {found}: not a media type", "for example image/png")
    return Attachment(checked_line(name, "--attach"), found), file


def _signed(words: argparse.Namespace, source: Source) -> Source:
    if words.dkim_key is None:
        if words.dkim_domain or words.dkim_selector:
            raise UsageError("--dkim-domain and --dkim-selector need --dkim-key FILE")
        return source
    from smtpprobe.send.message.dkim_signature import signed  # noqa: PLC0415 - an extra

    return signed(source, words.dkim_key, words.dkim_domain, words.dkim_selector)
