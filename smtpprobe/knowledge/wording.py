"""Turns table rows into the lines shown: placeholders filled, plain ASCII, never too long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smtpprobe.knowledge.annotation import NextStep
from smtpprobe.protocol.verbs import VERBS, Argument

LINE = 100
"""The longest meaning, next line or note, in characters."""

STEP_END = "; "

_SHORTEST_VALUE = 12
_FIELD = re.compile(r"\{[a-z_]+\}")


def plain(text: str) -> str:
    r"""Return text from outside in printable ASCII; anything else as `\x1b` or `\u20ac`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if " " <= char <= "~" else _escaped(char) for char in text)


def readable(text: str) -> str:
    r"""Return text from outside in its own script; what is not printable as `\x1b` or `\u202e`.

    Not printable are controls, formatting characters (bidirectional, zero-width) and octets that
    are no UTF-8.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    point = ord(char)
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    return char.encode("ascii", "backslashreplace").decode() if point > 0x7F else f"\\x{point:02x}"


def clip(text: str, limit: int = LINE) -> str:
    """Return the text, cut to `limit` characters with `...` where something is missing."""
    return text if len(text) <= limit else text[: limit - 3].rstrip() + "..."


def without_last_clause(text: str) -> str:
    """Return the text up to its last semicolon; all of it without one."""
    return text.rpartition("; ")[0] or text


def fill(template: str, values: Mapping[str, str], limit: int = LINE) -> str:
    """Return the template with its `{name}` fields filled; long values give way, words stay.

    Braces around what is no field came from a server, and stay.
    """
    fields = _FIELD.findall(template)
    if not fields:
        return clip(template, limit)
    fixed = len(_FIELD.sub("", template))
    room = max(_SHORTEST_VALUE, (limit - fixed) // len(fields))
    return clip(
        _FIELD.sub(lambda match: clip(plain(values.get(match[0][1:-1], match[0])), room), template),
        limit,
    )


def parts_of(template: str) -> tuple[str, ...]:
    """Return the steps of a template, which are written `STEP; STEP`."""
    return tuple(part for part in template.split(STEP_END) if part)


def steps(parts: Sequence[str], values: Mapping[str, str]) -> tuple[NextStep, ...]:
    """Return the next steps with their fields filled; together they fit one line.

    A step with a field that is empty is left out: the reply does not name what it needs. Where the
    fields are long, the steps before the last go first.
    """
    left = [part for part in parts if all(values.get(name, name) for name in _names(part))]
    if left:
        left[0] = left[0].removeprefix(OR_ELSE)
    while len(left) > _KEPT and _length(left, values) > LINE:
        del left[-2]
    fixed = len(_FIELD.sub("", STEP_END.join(left)))
    found = []
    for part in left:
        own = len(_FIELD.sub("", part))
        text = fill(part, values, LINE - fixed + own)
        found.append(NextStep(text, typed(text)))
    return tuple(found)


OR_ELSE = "else "
"""How a step begins that is for want of the one before it."""
_KEPT = 2
"""How many steps are kept, whatever their length."""


def _names(part: str) -> list[str]:
    return [field[1:-1] for field in _FIELD.findall(part)]


def _length(parts: Sequence[str], values: Mapping[str, str]) -> int:
    text = STEP_END.join(parts)
    return len(_FIELD.sub(lambda field: plain(values.get(field[0][1:-1], field[0])), text))


def typed(step: str) -> str:
    """Return what can be typed for a step that begins with a command; else the empty string."""
    words = step.replace(",", " ").split(" ", 2)
    if words[0].startswith(":"):
        return words[0]
    verb = VERBS.get(words[0])
    if verb is None:
        return ""
    if verb.argument is Argument.MECHANISM:
        named = len(words) > 1 and words[1] and words[1] == words[1].upper()
        return f"{verb.name} {words[1]}" if named else f"{verb.name} "
    return verb.beginning or (verb.name if verb.argument.can_be_left_out else f"{verb.name} ")


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 refusal`, `2 refusals`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def size(octets: int) -> str:
    """Return a number of octets for people: `25 MiB`, `34.2 MiB`, `512 octets`."""
    for unit, name in ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB")):
        if octets >= unit:
            whole, rest = divmod(octets, unit)
            return f"{whole} {name}" if not rest else f"{octets / unit:.1f} {name}"
    return count(octets, "octet")
