"""A file of Exim's test suite: calls of its client, each with a dialogue, and what is around them.

Pure. A command that takes lines has them up to one of four asterisks. The runner changes some of
them on their way: `:noeol:` joins one with the next, `:sleep:` holds all up, `:eval:` is Perl.
`write` makes a file that a dialogue may name: lines, then many lines of one length, then lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.importers.exim_lines import Line, Lost, Origin, is_reading

_CALL = re.compile(
    r"(?:sudo +)?client(-ssl|-gnutls|-anytls)?((?: +-(?:(?:ocsp|p) +\S+|(?!(?:ocsp|p) )\S+))*)"
    r" +(\S+) +([0-9]+|PORT_\w+)(?: +(.*))?"
)
_CALL_BEGUN = re.compile(r"(?:sudo +)?client(?:-ssl|-gnutls|-anytls)?(?: .*)?\\")
_TAKES_LINES = re.compile(
    r"(?:\w+=\S+ +)*(?:[0-9]+ +)?(?:sudo +)?"
    r"(?:exim\w*|client\S*|server|perl|background)(?: .*)?"
)
_WRITE = re.compile(r"(?:cat)?write +(\S+)((?: +[0-9]+x[0-9]+(?:=\S*)?)*) *")
_SIZED = re.compile(r"([0-9]{1,9})x([0-9]{1,9})(?:=(\S*))?")
_SPLIT = re.compile(r"\+{4}\s*")
_END = re.compile(r"\*{4}\s*")
_OF_RUNNER = re.compile(r":(noeol|sleep|eval):(.*)")
_OPTION = re.compile(r"-(?:ocsp|p) +\S+|-\S+")


@dataclass(slots=True)
class Call:
    """A call of the client. `options` are as written, `more` is an interface or certificate.

    `lost` is what cannot be said of its lines.
    """

    at: Origin
    has_tls: bool
    options: tuple[str, ...]
    host: str
    port: str
    more: str
    lines: list[Line] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


class Remark(NamedTuple):
    """A comment."""

    text: str


class Written(NamedTuple):
    """A file that the test makes for itself."""

    name: str
    text: str


Found: TypeAlias = Call | Remark | Written | Lost


def is_file_of_tests(lines: Sequence[Line]) -> bool:
    """Return whether the client is called before anything is read, as a dialogue alone would."""
    for line in lines:
        if _CALL.fullmatch(line.text) or _CALL_BEGUN.fullmatch(line.text):
            return True
        if is_reading(line.text):
            return False
    return False


def end_of_dialogue(lines: Sequence[Line], start: int = 0) -> int:
    """Return the number of the line of asterisks, or the end."""
    found = (at for at in range(start, len(lines)) if _END.fullmatch(lines[at].text))
    return next(found, len(lines))


def found_in(lines: Sequence[Line], limit: int = 1 << 24) -> Iterator[Found]:
    """Return the calls of a file, and what is around them; a file made has `limit` at most."""
    next_one = 0
    while next_one < len(lines):
        text, at = lines[next_one]
        next_one += 1
        while text.endswith("\\") and not text.startswith("#") and next_one < len(lines):
            text = text[:-1] + lines[next_one].text.strip()
            next_one += 1
        if text.startswith("#"):
            yield Remark(text.removeprefix("#").strip())
        elif match := _CALL.fullmatch(text):
            end = end_of_dialogue(lines, next_one)
            yield _called(match, at, lines[next_one:end])
            next_one = end + 1
        elif match := _WRITE.fullmatch(text):
            end = end_of_dialogue(lines, next_one)
            yield _written(match, at, lines[next_one:end], limit)
            next_one = end + 1
        elif text.strip() and not _END.fullmatch(text):
            if _TAKES_LINES.fullmatch(text):
                next_one = end_of_dialogue(lines, next_one) + 1
            yield Lost(f"not part of a session: {text}", at)


def _written(match: re.Match[str], at: Origin, lines: Sequence[Line], limit: int) -> Written | Lost:
    name, sizes = match[1], _SIZED.findall(match[2])
    texts = [line.text for line in lines]
    split = next((at for at, text in enumerate(texts) if _SPLIT.fullmatch(text)), len(texts))
    before, behind = (texts[:split], texts[split + 1 :]) if sizes else ([], texts)
    if sum(int(times) * int(length) for times, length, _ in sizes) > limit:
        return Lost(f"file is too large to generate: {name}", at)
    sized = list[str]()
    for times, length, start in sizes:
        begun = start.replace("_", " ")
        sized += [begun + "a" * (int(length) - len(begun) - 1)] * int(times)
    return Written(name, "".join(f"{text}\n" for text in (*before, *sized, *behind)))


def _called(match: re.Match[str], at: Origin, lines: Sequence[Line]) -> Call:
    flavour, options, host, port, more = match.groups()
    found = tuple(_OPTION.findall(options))
    call = Call(at, flavour is not None, found, host, port, (more or "").strip())
    before = ""
    for line in lines:
        order = _OF_RUNNER.fullmatch(line.text)
        name, argument = order.groups() if order else ("", line.text)
        if name == "eval":
            call.lost.append(Lost(f"needs Perl to evaluate: {line.text}", line.at))
        elif name == "noeol":
            before += argument
        elif name == "sleep":
            call.lines.append(Line(f"+++ {argument}", line.at))
        else:
            call.lines.append(Line(before + argument, line.at))
            before = ""
    if before:
        call.lines.append(Line(before, lines[-1].at))
    return call
