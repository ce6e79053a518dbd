"""All that a reply code can mean, command by command: `explain --code 454`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smtpprobe.knowledge.annotate import SESSION_STEPS
from smtpprobe.knowledge.rules.conditions import sent_exactly
from smtpprobe.knowledge.rules.particulars import NOTHING
from smtpprobe.knowledge.rules.situation import Row
from smtpprobe.knowledge.rules.unknown_command import EVERYWHERE, POSITIVE, UNPLACED
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.myths import BELIEFS, DIGIT_BELIEFS, ORIGINS, Belief
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, GENERIC_ROWS
from smtpprobe.knowledge.tables.success import SUCCESS_ROWS
from smtpprobe.knowledge.wording import fill, parts_of, steps
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

CLASSES = {
    2: "2yz: done",
    3: "3yz: the server waits for more from you",
    4: "4yz: temporary; the same may succeed later",
    5: "5yz: permanent; retrying it unchanged is of no use",
}
"""What each first digit means (RFC 5321 4.2.1)."""

NO_CLASS = "not an SMTP code: a first digit is 2, 3, 4 or 5; taken as a fatal error"

NEUTRAL = {
    "client": "your.host.name", "hello": "EHLO",
    "domain": "that domain", "sender_domain": "the sender's domain",
    "mechanism": "this mechanism", "verb": "the command", "code": "this code",
    "address": "your address", **NOTHING,
}  # fmt: skip
"""The fillers of a row's template without an exchange."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a code: after which commands (none: any), the steps, the source.

    `enhanced` is the enhanced status code that it needs, in the registry's form, or empty.
    """

    commands: tuple[str, ...]
    meaning: str
    next_steps: tuple[str, ...]
    cause: str
    sources: tuple[str, ...]
    enhanced: str = ""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """All that is known of a code. `standard`: an RFC of SMTP or of an extension defines it."""

    code: int
    title: str
    klass: str
    standard: bool
    origin: str
    readings: tuple[Reading, ...]
    beliefs: tuple[Belief, ...]


def explain_code(code: int) -> CodeFacts:
    """Return what a three-digit code means after each command, and where it comes from.

    An unknown code has the meaning of its first digit.
    """
    known = CODES.get(code)
    klass = CLASSES.get(code // 100, NO_CLASS)
    if known is None:
        origin = "no RFC and no product known here has it"
        return CodeFacts(code, "Not a known code", klass, False, origin, (), _digits(code))  # noqa: FBT003 - the fields stand in order
    return CodeFacts(
        code,
        known.row.title,
        klass,
        code not in ORIGINS and known.standard,
        ORIGINS.get(code, f"defined by {known.row.source}"),
        _readings(code),
        (*BELIEFS.get(code, ()), *_digits(code)),
    )


def _digits(code: int) -> tuple[Belief, ...]:
    return DIGIT_BELIEFS[:1] if code // 100 == 1 else ()


def _readings(code: int) -> tuple[Reading, ...]:
    found: dict[tuple[str, str], Reading] = {}
    for context, row, enhanced in _rows(code):
        if context is Context.AUTH_STEP or row.when is sent_exactly:
            continue
        reading = _reading(CONTEXT_WORDS[context].json if context else "", row, enhanced)
        key = (reading.meaning, enhanced)
        found[key] = _merged(found[key], reading) if key in found else reading
    return tuple(found.values())


def _merged(one: Reading, other: Reading) -> Reading:
    commands = tuple(dict.fromkeys((*one.commands, *other.commands)))
    return replace(
        one, commands=commands, sources=tuple(dict.fromkeys((*one.sources, *other.sources)))
    )


def _rows(code: int) -> Iterator[tuple[Context | None, Row, str]]:
    """Yield every row of the code with its command, the general row last."""
    if code in POSITIVE:
        yield from _positive(code)
        return
    for context in Context:
        for row in CONTEXT_ROWS.get(context, {}).get(code, ()):
            yield context, row, ""
        for (of, own, key), row in GENERIC_ROWS.items():
            if (of, own) == (context, code) and row not in CONTEXT_ROWS.get(of, {}).get(code, ()):
                yield context, row, key
    known = CODES[code]
    if code in EVERYWHERE or not known.usual:
        yield None, UNPLACED.get(code, known.row), ""
    for context in Context:
        if context in known.usual and code not in CONTEXT_ROWS.get(context, {}):
            yield context, known.row, ""


def _positive(code: int) -> Iterator[tuple[Context | None, Row, str]]:
    for context in POSITIVE[code]:
        own = SUCCESS_ROWS.get(context, {})
        rows = own.get(code) or own.get(code // 100) or (_READ.get((context, code)),)
        for row in rows:
            yield context, row or CODES[code].row, ""


def _ok(title: str, meaning: str, next_step: str, source: str) -> Row:
    return Row(title, meaning, CODES[250].row.cause, next_step, source)


_READ: dict[tuple[Context, int], Row] = {
    (Context.CONNECT, 220): _ok(
        "Greeting", "the server greets; read all of its lines first", "EHLO {client}",
        "RFC 5321 3.1, 4.2.3",
    ),
    (Context.EHLO, 250): _ok(
        "Hello accepted", "hello accepted; the lines after the first are the extensions",
        "STARTTLS, AUTH or MAIL", "RFC 5321 4.1.1.1",
    ),
    (Context.LHLO, 250): _ok(
        "Hello accepted", "hello accepted; the lines after the first are the extensions",
        "MAIL FROM:<you@domain>", "RFC 2033 4.1",
    ),
    (Context.DATA_END, 250): _ok(
        "Message accepted", "accepted: the message is now the server's responsibility",
        "keep the queue id it names", "RFC 5321 4.2.5",
    ),
    (Context.BDAT_LAST, 250): _ok(
        "Message accepted", "accepted: the message is now the server's responsibility",
        "keep the queue id it names", "RFC 3030 2",
    ),
}  # fmt: skip
"""Positive replies that a session reads from more than a table."""


def _reading(command: str, row: Row, enhanced: str) -> Reading:
    values = {**NEUTRAL, "verb": command or NEUTRAL["verb"]}
    return Reading(
        (command,) if command else (), fill(row.meaning, values),
        useful(row.steps, values), row.cause.value,
        tuple(row.source.split("; ")), enhanced,
    )  # fmt: skip


def useful(template: str, values: Mapping[str, str] = NEUTRAL) -> tuple[str, ...]:
    """Return the steps of a row, except those that only end a session."""
    told = tuple(step.text for step in steps(parts_of(template), values))
    return tuple(text for text in told if text not in SESSION_STEPS) or told
