"""The format of an input, by its first lines."""

from __future__ import annotations

import re
from enum import Enum

from smtpprobe.explainer.formats.log import PREFIX
from smtpprobe.explainer.formats.session_log import session_form

SAMPLE_LINES = 20
"""How many lines that are not blank decide."""

SAMPLE_OCTETS = 64 * 1024
"""At most so much of the beginning is looked at."""

BINARY_FROM = 512
"""Inputs shorter than this are never called binary: too little to judge by."""

BINARY_SHARE = 0.08
"""The share of control octets from which an input is binary; in random octets it is 0.1."""


class Form(Enum):
    """The kinds of input; the value is what messages call it."""

    BINARY = "binary data"
    JSON_RECORDING = "a transcript in JSON lines"
    TEXT_RECORDING = "a transcript"
    MAIL = "mail"
    LOG = "a log"
    SESSIONS = "a log of sessions"
    JSON = "JSON"
    TABLE = "a table"
    TEXT = "text"


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_HEADER = re.compile(rb"(?i)[a-z][a-z0-9-]*:(?: |\t|$)")
_OF_MAIL = re.compile(
    rb"(?i)(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type"
    rb"|delivered-to|x-original-to|auto-submitted|x-failed-recipients|reporting-mta"
    rb"|original-recipient|final-recipient|diagnostic-code|remote-mta|action|status):"
)
_JSON = re.compile(rb'(?s)\s*(?:\[\s*)*\{\s*(?:"|$)')
"""How records in JSON begin: those of services, which may stand in an array."""

_SESSION_LINES = 3
"""How many lines with a session's name or marks make it a session log."""

_MAIL_HEADERS = 3
"""How many of the usual headers at the top of a text make it mail."""


def form_of(sample: bytes) -> Form:
    """Return what the beginning of an input shows it to be."""
    if len(sample) >= BINARY_FROM:
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        if controls > BINARY_SHARE * len(sample):
            return Form.BINARY
    lines = [line for line in sample.split(b"\n") if line.strip()][:SAMPLE_LINES]
    if not lines:
        return Form.TEXT
    first = lines[0].lstrip()
    if first.startswith(b"# smtpprobe transcript"):
        return Form.TEXT_RECORDING
    if first.startswith(b"{") and b'"ev"' in first and b'"v"' in first:
        return Form.JSON_RECORDING
    if sum(session_form(line) is not None for line in lines) >= min(_SESSION_LINES, len(lines)):
        return Form.SESSIONS
    if _names_columns(lines):
        return Form.TABLE
    # half of them: the rest may be the further lines of an entry
    if 2 * sum(PREFIX.match(line) is not None for line in lines) >= len(lines):
        return Form.LOG
    if _JSON.match(sample):
        return Form.JSON
    return Form.MAIL if _is_mail(lines) else Form.TEXT


def _names_columns(lines: list[bytes]) -> bool:
    """Return whether the first line, or that of `#Fields:`, names columns of a table of mail."""
    named = next((line for line in lines if line.startswith(b"#Fields:")), lines[0])
    # a first test: the names of columns are in no time of a log
    if b"ecipient" not in named and b"cpt" not in named and b"mail" not in named.lower():
        return False
    from smtpprobe.explainer.formats.csv_records import columns_of  # noqa: PLC0415 - loads csv

    return columns_of(named) is not None


def _is_mail(lines: list[bytes]) -> bool:
    """Return whether lines begin as a message (RFC 5322 2.2) or a mailbox does."""
    rest = lines[1:] if lines[0].startswith(b"From ") else lines
    headers: list[bytes] = []
    for line in rest:
        if line[:1] in (b" ", b"\t") and headers:
            continue
        if not _HEADER.match(line):
            break
        headers.append(line)
    # three different ones: a pasted `Subject:` or two do not make a mail
    known = {line.split(b":")[0].lower() for line in headers if _OF_MAIL.match(line)}
    return len(known) >= (1 if len(rest) < len(lines) else _MAIL_HEADERS)


def has_enough(sample: bytes) -> bool:
    """Return whether more of the input would not be looked at."""
    if len(sample) >= SAMPLE_OCTETS:
        return True
    return sum(1 for line in sample.split(b"\n")[:-1] if line.strip()) >= SAMPLE_LINES
