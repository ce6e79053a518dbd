"""Lines that Exim's test client reads, as expectations on whole replies. Pure.

The client knows lines, not replies: `??? 503` takes `503-a` and `503 b` alike. So what is read
behind one command is one reply; where replies cannot be separated, each line is expected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import is_clean, quoted
from smtpprobe.script.importers.exim_lines import Marker, Read

_REPLY = re.compile(r"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_CODE_BEGUN = re.compile(r"[2-5][0-9]?")
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()/]")
_BRACES = '{{ "{{" }}'


class Kind(Enum):
    """What some of the lines read are."""

    REPLY = "a whole reply"
    PART = "lines of a longer reply"
    LINES = "lines that may be a reply, a part of one, or several"
    CLOSE = "the end of the connection"


class Expected(NamedTuple):
    """An expectation as lines of a script.

    `code` is that of a whole reply, with `x` for digits left open; `short` says it in one line, as
    under a DATA, if that can be.
    """

    kind: Kind
    lines: tuple[str, ...]
    code: str = ""
    short: str = ""

    @property
    def may_be_354(self) -> bool:
        """Whether a message may be asked for."""
        if self.kind is Kind.REPLY:
            return all(
                digit in ("x", wanted) for digit, wanted in zip(self.code, "354", strict=True)
            )
        return self.kind is not Kind.CLOSE


class _Start(NamedTuple):
    """How a line of a reply begins; `sign` follows the code, and is empty where it is left open."""

    code: str
    sign: str
    text: str


class _Group(NamedTuple):
    reads: tuple[Read, ...]
    kind: Kind = Kind.REPLY
    code: str = ""

    @property
    def ends_open(self) -> bool:
        """Whether more lines of the same reply may follow."""
        last = _start(self.reads[-1].start)
        return self.kind is Kind.REPLY and last is not None and not last.sign


def expectations(
    reads: Sequence[Read], due: int, *, last: bool = False, torn: bool = False
) -> list[Expected]:
    """Return what the reading of these lines expects, with `due` replies due.

    With `last` the dialogue ends behind them, so that more lines may come. With `torn` a reply was
    left before its end, so that no more is known of where one begins.
    """
    groups = _as_lines(_merged(_groups(reads), max(due, 1)), torn=torn)
    found = [_expected(group, last and group is groups[-1]) for group in groups]
    return found if last or torn else _ended(found, groups)


def _start(text: str) -> _Start | None:
    if match := _REPLY.fullmatch(text):
        return _Start(match[1], match[2] or "", match[3] or "")
    return _Start(text.ljust(3, "x"), "", "") if _CODE_BEGUN.fullmatch(text) else None


def _groups(reads: Sequence[Read]) -> list[_Group]:
    """Return the lines, those together that are surely of one reply."""
    found, at = list[_Group](), 0
    while at < len(reads):
        read, start = reads[at], _start(reads[at].start)
        if read.marker is Marker.END:
            found.append(_Group((read,), Kind.CLOSE))
            at += 1
            continue
        end = at + 1
        while start is not None and start.sign == "-" and end < len(reads):
            following = _start(reads[end].start)
            same = following is not None and following.code == start.code
            if reads[end].marker is Marker.END or not same:
                break
            start, end = following, end + 1
        ended = start is not None and start.sign != "-" and reads[end - 1].marker is Marker.ONE
        group = tuple(reads[at:end])
        if ended and start is not None and all(map(_is_plain, group)):
            found.append(_Group(group, code=start.code))
        else:
            begun = start is not None and start.sign == "-"
            found.append(_Group(group, Kind.PART if begun else Kind.LINES))
        at = end
    return found


def _is_plain(read: Read) -> bool:
    """Return whether a `|` line can state how a line begins."""
    start = _start(read.start)
    text = start.text if start is not None else ""
    if read.marker is Marker.MANY:
        return not text
    return is_clean(text) and text.rstrip() != "..."


def _merged(groups: list[_Group], due: int) -> list[_Group]:
    """Put lines together whose end is left open when there are more of them than replies due."""
    runs = _runs(groups)
    surplus = sum(group.kind is Kind.REPLY for group in groups) - due
    if surplus <= 0:
        return groups
    long = [run for run in runs if len(run) > 1]
    if len(long) == 1 and len(long[0]) - 1 == surplus:
        return [one for run in runs for one in ((_joined(run),) if len(run) > 1 else run)]
    found = list[_Group]()
    for run in runs:
        found += (one._replace(kind=Kind.LINES) for one in run) if len(run) > 1 else run
    return found


def _as_lines(groups: list[_Group], *, torn: bool) -> list[_Group]:
    """Take what follows single lines as single lines too: a reply may have begun there."""
    found = list[_Group]()
    for group in groups:
        reply = group.kind is Kind.REPLY
        found.append(group._replace(kind=Kind.LINES) if torn and reply else group)
        torn = torn or group.kind in (Kind.PART, Kind.LINES)
    return found


def _ended(found: list[Expected], groups: list[_Group]) -> list[Expected]:
    """Have the last single line end its reply: that client sends nothing while lines are left."""
    if not groups or groups[-1].kind is not Kind.LINES:
        return found
    read, lines = groups[-1].reads[-1], found[-1].lines
    if read.marker is Marker.ONE and re.fullmatch("[2-5][0-9]{2}", read.start):
        found[-1] = found[-1]._replace(lines=(*lines[:-1], f"{lines[-1][:-1]}(?!-)/"))
    return found


def _runs(groups: list[_Group]) -> list[list[_Group]]:
    """Return the groups, those together that may be one reply."""
    runs = list[list[_Group]]()
    for group in groups:
        before = runs[-1][-1] if runs else None
        if before is not None and before.ends_open and group.code == before.code:
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def _joined(run: Sequence[_Group]) -> _Group:
    return _Group(tuple(read for group in run for read in group.reads), code=run[0].code)


def _expected(group: _Group, last: bool) -> Expected:
    if group.kind is Kind.CLOSE:
        return Expected(Kind.CLOSE, ("< eof",))
    if group.kind in (Kind.PART, Kind.LINES):
        return Expected(group.kind, tuple(map(_line, group.reads)))
    said = f"< {group.code}"
    texts = [_text(read) for read in group.reads]
    more = last and group.ends_open
    if not any(texts):
        short = said if more and len(texts) == 1 else f"{said} lines={len(texts)}"
        lines = (said, *["|"] * len(texts), "| ...") if more and len(texts) > 1 else (short,)
        return Expected(Kind.REPLY, lines, group.code, short)
    lines = (said, *(f"| {text}" if text else "|" for text in texts))
    start = _start(group.reads[0].start)
    words = start.text if start is not None else ""
    short = f"{said} /^{_pattern(words)}/ lines=1" if len(texts) == 1 else ""
    return Expected(Kind.REPLY, (*lines, "| ...") if more else lines, group.code, short)


def _text(read: Read) -> str:
    """Return what a `|` line says of a line; empty for any text."""
    if read.marker is Marker.MANY:
        return "..."
    start = _start(read.start)
    assert start is not None, "a line of a reply"
    return start.text.replace("{{", _BRACES)


def _line(read: Read) -> str:
    marker = "<*" if read.marker is Marker.MANY else "<"
    if not read.start:
        return f'{marker} line ""'
    if is_clean(read.start):
        return f"{marker} line /^{_pattern(read.start)}/"
    octets = quoted(read.start.encode("utf-8", "surrogateescape"))
    return f"{marker} line {octets}".replace("{{", r"\x7b{")


def _pattern(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
