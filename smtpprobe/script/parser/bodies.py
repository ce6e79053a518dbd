"""Reads what follows DATA, BDAT and `:hold` at a cursor: messages, counted octets, held lines.

Whether a message follows is decided here, before anything is sent: by the expectation that
belongs to the DATA.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from smtpprobe.script.language.matchers import RawLine, accepts_354
from smtpprobe.script.language.steps import BdatChunk, Body, Exact, Expect, Hold, Mode, SmtpLine
from smtpprobe.script.parser.cursor import Cursor
from smtpprobe.script.parser.expectation_block import (
    code_is_open,
    is_expectation,
    reply_lines,
    take_expectation,
)

BDAT = re.compile(r"(?i)BDAT[ \t]+([0-9]{1,18})(?:[ \t]+LAST)?[ \t]*")

Held: TypeAlias = SmtpLine | Exact | BdatChunk


def message_after_data(cursor: Cursor) -> None:
    """Read the expectation under a DATA line just taken, and the message if one follows."""
    data = cursor.next - 1
    if _follows(cursor):
        _body(cursor, data)


def _follows(cursor: Cursor) -> bool:
    at = cursor.next
    while at < len(cursor.lines) and cursor.lines[at].startswith("#"):
        at += 1
    text = cursor.lines[at] if at < len(cursor.lines) else ""
    if not is_expectation(text):
        return cursor.next < len(cursor.lines) or not cursor.fragment
    while cursor.next < at:
        cursor.comment()
    return _decided(cursor)


def _decided(cursor: Cursor) -> bool:
    """Read the expectation that belongs to DATA; return whether a message follows."""
    start, text = cursor.next, cursor.text
    found = take_expectation(cursor, with_texts=False)
    if found is None:
        return "." in cursor.lines[cursor.next :]
    uncertain = text[:2] if found.mode in (Mode.MAY, Mode.ANY) else ""
    if uncertain or code_is_open(found):
        what = f'"{uncertain}" cannot follow DATA' if uncertain else "this cannot follow DATA"
        mark = cursor.mark(start, 1, len(uncertain) or len(text))
        message = f"{what}: it must be certain whether a message follows"
        cursor.blame("P12", message, mark, help_=('write "< 354" or "< 5xx"',))
        return "." in cursor.lines[cursor.next :]
    _rest_of_raw_reply(cursor, found)
    if accepts_354(found.what):
        return True
    if text.startswith("<") and (replies := reply_lines(cursor)):
        last = cursor.steps[-1]
        assert isinstance(last, Expect)
        # no message follows, so these are of the refusal
        cursor.steps[-1] = last._replace(replies=replies)
    return False


def _rest_of_raw_reply(cursor: Cursor, found: Expect | None) -> None:
    """Read the other lines of a reply that is written as raw lines, one under the other."""
    while (
        found is not None
        and isinstance(found.what, RawLine)
        and re.match(rb"[0-9]{3}-", found.what.octets)
        and cursor.text.startswith("< line")
    ):
        found = take_expectation(cursor, with_texts=False)


def _body(cursor: Cursor, data: int) -> None:
    start = cursor.next
    try:
        end = cursor.lines.index(".", start)
    except ValueError:
        _open_body(cursor, data)
        return
    cursor.steps.append(Body(cursor.place, cursor.lines[start:end]))
    cursor.next = end + 1


def _open_body(cursor: Cursor, data: int) -> None:
    lines, start = cursor.lines[cursor.next :], cursor.next
    place = cursor.place
    cursor.next = len(cursor.lines)
    if cursor.fragment:
        if lines:
            cursor.steps.append(Body(place, lines, ended=False))
        return
    before = cursor.mark(data, 1, 4, "no expectation rules out 354, so a message follows ...", "-")
    label = "... but no line up to the end of the file is a single dot"
    marks = [before, cursor.mark(start, 1, 1, label)]
    if not lines:
        marks = [cursor.mark(data, 1, 4, label[4:])]
    help_ = (
        'end it with a line containing only "."',
        'if the server should refuse DATA, write "< 5xx" below it',
    )
    cursor.blame("P05", "the message body never ends", *marks, help_=help_)


def counted_octets(cursor: Cursor, match: re.Match[str]) -> BdatChunk | None:
    """Read a BDAT line and the octets under it; None when the count is wrong."""
    first, text, place = cursor.next, cursor.text, cursor.place
    octets, held = int(match[1]), 0
    cursor.next += 1
    while held < octets and cursor.next < len(cursor.lines):
        held += _octets(cursor.text)
        cursor.next += 1
    if held == octets:
        chunk = "".join(line + "\r\n" for line in cursor.lines[first + 1 : cursor.next])
        return BdatChunk(place, text, chunk.encode("utf-8", "surrogateescape"))
    column, width = match.start(1) + 1, len(match[1])
    wrong = f'for an intentionally wrong count: "> {text}"'
    if held < octets:
        message = f"BDAT announces {octets} octets, but the file ends {octets - held} octets short"
        mark = cursor.mark(first, column, width, f"{held} octets follow")
        cursor.blame("P08", message, mark, help_=(wrong,))
        return None
    last = cursor.lines[cursor.next - 1]
    message = (
        f"BDAT announces {octets} octets, but line {cursor.next} exceeds it by {held - octets}"
    )
    span = f"{held - _octets(last) + 1}\N{EN DASH}{held}"
    label = f"octets {span} of {octets} (each line counts 2 extra for CRLF)"
    marks = (
        cursor.mark(first, column, width, match[1], "-"),
        cursor.mark(cursor.next - 1, 1, len(last), label),
    )
    counted = text[: match.start(1)] + str(held) + text[match.end(1) :]
    help_ = (f'the lines contain {held} octets: "{counted.strip()}"', wrong)
    cursor.blame("P08", message, *marks, help_=help_)
    return None


def held_lines(cursor: Cursor) -> None:
    """Read from `:hold` at the cursor to `:flush`, and the message of a DATA among the lines."""
    place, start = cursor.place, cursor.next
    cursor.next += 1
    held: list[Held] = []
    data_at: int | None = None
    while cursor.next < len(cursor.lines) and cursor.text.rstrip(" \t") != ":flush":
        if data_at is not None and cursor.text and not cursor.text.startswith("#"):
            mark = cursor.mark(data_at, 1, 4)
            cursor.blame("P13", "DATA must be the last held line", mark, help_=('write "> DATA"',))
            data_at = None
        if _held(cursor, held) and isinstance(held[-1], SmtpLine) and held[-1].is_data:
            data_at = cursor.next - 1
    if cursor.next == len(cursor.lines):
        cursor.blame("P09", '":hold" without ":flush"', cursor.mark(start, 1, 5))
        return
    cursor.take(Hold(place, tuple(held), cursor.place))
    if data_at is not None:
        _message_after_held_data(cursor, len(held), data_at)


def _held(cursor: Cursor, held: list[Held]) -> bool:
    """Read one line inside `:hold`; return whether it is sent."""
    text, place = cursor.text, cursor.place
    if not text or text.startswith("#"):
        cursor.next += 1
        return False
    if match := BDAT.fullmatch(text):
        chunk = counted_octets(cursor, match)
        held += [chunk] if chunk else []
        return chunk is not None
    if text.startswith((":", "<", "|")) or is_expectation(text):
        help_ = ('one :raw goes out in one write: :raw "RSET\\r\\n" hex"0a"',)
        cursor.refuse(
            "P09", "this line cannot be used inside :hold", cursor.whole(),
            help_=help_ if text.startswith(":raw") else (),
        )  # fmt: skip
        return False
    exact = text == ">" or text.startswith("> ")
    held.append(Exact(place, text[2:]) if exact else SmtpLine(place, text))
    cursor.next += 1
    return True


def _message_after_held_data(cursor: Cursor, replies: int, data: int) -> None:
    """Read the expectations under `:flush` up to that of DATA, then the message if one follows."""
    taken = 0
    while True:
        cursor.skip_while(lambda text: not text or text.startswith("#"))
        if not is_expectation(cursor.text):
            break
        if taken == replies - 1:
            if _decided(cursor):
                _body(cursor, data)
            return
        found = take_expectation(cursor)
        takes = found is not None and (found.mode is Mode.MUST or not taken)
        taken += takes
        if found is not None and found.mode in (Mode.MAY, Mode.ANY):
            mark = cursor.mark(found.place.line - 1, 1, 2)
            message = f'"{found.mode.value}" is not allowed here: DATA was on hold, and it '
            message += "must be certain whether a message follows"
            cursor.blame("P12", message, mark)
    if cursor.next < len(cursor.lines) or not cursor.fragment:
        _body(cursor, data)


def _octets(line: str) -> int:
    return len(line.encode("utf-8", "surrogateescape")) + 2
