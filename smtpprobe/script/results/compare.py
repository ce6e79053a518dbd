"""One script, several servers: where their replies differ. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smtpprobe.exits import ExitStatus
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.json_text import json_text
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Kind
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.runner.matching.wording import asked

NOTHING = "no reply"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply in a comparison: to what (a verb, `greeting`), the line sent, its code and lines."""

    to: str
    sent: str
    code: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The replies of one server. `trouble` is why some or all are missing."""

    server: str
    answers: tuple[Answer, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The n-th reply to the same thing from each server, None from one that gave none."""

    name: str
    answers: tuple[Answer | None, ...]
    differs: bool


def answer_of(exchange: Exchange) -> Answer:
    """Return a reply as it is compared; what was sent is masked."""
    command = exchange.command
    to = asked(command) if exchange.context else "unasked"
    lines = tuple(
        line.raw.rstrip(b"\r\n").decode("utf-8", "surrogateescape") for line in exchange.reply.lines
    )
    is_line = command is not None and command.kind is not Kind.BODY
    sent = masked(command).text.split("\n", 1)[0] if command and is_line else ""
    return Answer(to, sent, exchange.reply.code, lines)


def talked(dialogues: Sequence[Dialogue]) -> list[Dialogue]:
    """Return those of servers that were reached; the others cannot be compared."""
    return [dialogue for dialogue in dialogues if dialogue.answers]


def rows(dialogues: Sequence[Dialogue], *, texts: bool) -> list[Row]:
    """Return the replies of servers that talked side by side, in the order in which they came.

    They are matched by command, and how often it was sent before. With `texts` the text
    of the replies counts too, line by line.
    """
    keyed = [_keyed(dialogue.answers) for dialogue in talked(dialogues)]
    names = dict.fromkeys(key for answers in keyed for key in answers)
    found = []
    for key in names:
        answers = tuple(answers.get(key) for answers in keyed)
        seen = {_compared(answer, texts=texts) for answer in answers}
        found.append(Row(_name(key, answers), answers, len(seen) > 1))
    return found


def _keyed(answers: Sequence[Answer]) -> dict[tuple[str, int], Answer]:
    seen: Counter[str] = Counter()
    keyed = {}
    for answer in answers:
        seen[answer.to] += 1
        keyed[answer.to, seen[answer.to]] = answer
    return keyed


def _name(key: tuple[str, int], answers: Sequence[Answer | None]) -> str:
    first = next((answer for answer in answers if answer is not None), None)
    return first.sent if first is not None and first.sent else key[0]


def _compared(answer: Answer | None, *, texts: bool) -> object:
    if answer is None:
        return None
    return (answer.code, answer.lines) if texts else answer.code


def status_of(dialogues: Sequence[Dialogue], found: Sequence[Row]) -> ExitStatus:
    """Return the exit code: replies that differ are a failed check, silence is inconclusive."""
    if any(row.differs for row in found):
        return ExitStatus.CHECK_FAILED
    if any(one.trouble for one in dialogues) or len(talked(dialogues)) < len(dialogues):
        return ExitStatus.CANNOT_TELL
    return ExitStatus.OK if found else ExitStatus.NOTHING_CHECKED


def comparison_lines(
    name: str, dialogues: Sequence[Dialogue], found: Sequence[Row], *, texts: bool
) -> list[Line]:
    """Return what differs, a server a line, and how much is the same."""
    width = max(len(dialogue.server) for dialogue in dialogues)
    differing = [row for row in found if row.differs]
    lines: list[Line] = []
    for row in differing:
        lines.append(spans.line(shown(row.name), spans.CLIENT))
        for dialogue, answer in zip(talked(dialogues), row.answers, strict=True):
            told = _told(row, answer, texts=texts)
            lines += _answer_lines(dialogue.server, width, told)
        lines.append(spans.line(""))
    for dialogue in dialogues:
        if dialogue.trouble:
            text = f"{dialogue.server:<{width}}  {dialogue.trouble}"
            lines.append(spans.line(shown(text), spans.WARNING))
    same = len(found) - len(differing)
    word, style = _verdict(dialogues, found)
    servers = len(talked(dialogues))
    counts = (
        f"{same} of {len(found)} replies are the same on {servers} server{'s' * (servers != 1)}"
    )
    head = (Span(spans.PLAIN, f"{shown(name)}  "), Span(style, word))
    return [*lines, (*head, Span(spans.PLAIN, f"  {counts}"))]


def _verdict(dialogues: Sequence[Dialogue], found: Sequence[Row]) -> tuple[str, str]:
    """Return how a comparison went, in a word and its style."""
    if len(talked(dialogues)) < 2:
        return "not compared", spans.WARNING
    if any(row.differs for row in found):
        return "differ", spans.ERROR
    if any(one.trouble for one in talked(dialogues)):
        return "same so far", spans.WARNING
    return "same", spans.SUCCESS


def _told(row: Row, answer: Answer | None, *, texts: bool) -> tuple[str, ...]:
    """Return what is shown of a reply: the last line, or all lines that not every server gave."""
    if answer is None:
        return (NOTHING,)
    if not texts:
        return answer.lines[-1:]
    common = set.intersection(*(set(one.lines if one else ()) for one in row.answers))
    return tuple(line for line in answer.lines if line not in common) or ("(nothing more)",)


def _answer_lines(server: str, width: int, told: Sequence[str]) -> list[Line]:
    return [
        spans.line(f"  {'' if number else server:<{width}}  {shown(text)}")
        for number, text in enumerate(told)
    ]


def plain_comparison(
    name: str, dialogues: Sequence[Dialogue], found: Sequence[Row]
) -> dict[str, object]:
    """Return a comparison as plain values for JSON."""
    return {
        "file": name,
        "exit": int(status_of(dialogues, found)),
        "servers": [
            {
                "name": one.server,
                "trouble": one.trouble,
                "talked": bool(one.answers),
            }
            for one in dialogues
        ],
        "replies": [
            {
                "to": row.name,
                "differs": row.differs,
                "got": [None if one is None else list(one.lines) for one in row.answers],
            }
            for row in found
        ],
    }


def comparison_json(comparisons: Sequence[Mapping[str, object]], exit_: ExitStatus) -> str:
    """Return the comparisons of all scripts as one document."""
    head = {"schema": "smtpprobe/compare/1", "v": 1, "exit": int(exit_)}
    return f"{json_text({**head, 'files': comparisons}, ascii_only=True)}\n"
