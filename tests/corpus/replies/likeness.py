"""Counts in which replies each sign stands: `python -m tests.corpus.replies.likeness`.

It reads the parts of the corpus that may be looked into, the pinned replies and those in words of
no table; a reply of several equal causes counts in equal shares. Signs of a single reply are left
out. The result is `smtpprobe/knowledge/tables/likeness.py`.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.evidence.likeness import signs_of
from smtpprobe.knowledge.offline import Place, placed
from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.tables import likeness as target
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.verbs import Context
from tests.corpus.replies.rows import FOLDER, HIDDEN, PARTS, rows
from tests.knowledge.evidence.silent_replies import DENY, SAY_NOTHING
from tests.knowledge.language.said import SAID
from tests.knowledge.pins.pinned import CONTEXTS, FILES, LOCAL, UNASKED, UNKNOWN, pins
from tests.knowledge.seen_replies import SEEN
from tests.knowledge.unseen_replies import UNSEEN

TARGET = Path(target.__file__)

UNCOUNTED = "fresh"
"""The open part that shows what the counts make of replies that are not among them."""

LEAST = 1.99
"""In how many replies a sign has to stand."""

OF_REFUSALS = [
    cause.value
    for cause in Cause
    if cause
    not in {
        *(Cause.ACCEPTED, Cause.INTERMEDIATE, Cause.GREETING, Cause.CLOSING),
        Cause.PROTOCOL_VIOLATION,
    }
]

HEAD = '''"""In how many replies of each cause a sign stood, of those that people have read.

`READ` counts all of them. A sign is a word, a concept that words stand for (`=full`; denied:
`-full`; supposed: `?full`), a code, or the place in the session. A reply that may have several
causes counts in shares. Written by `python -m tests.corpus.replies.likeness`.
"""

from __future__ import annotations

'''


def refusals(parts: Iterable[str]) -> Iterator[tuple[Situation, list[str]]]:
    """Return the refusals of parts of the corpus, each with its causes."""
    for part in parts:
        for row in rows(part):
            context = CONTEXTS.get(row.command)
            seen = placed(unfold(row.reply), Place(context))
            yield seen._replace(local=row.command == LOCAL), sorted(row.cause)


def others() -> Iterator[tuple[Situation, list[str]]]:
    """Return the refusals that other tests hold, each with its causes."""
    for name in FILES:
        for pin in pins(name):
            if pin.command not in (LOCAL, UNASKED):
                context = None if pin.command == UNKNOWN else CONTEXTS[pin.command]
                reply = unfold(pin.reply.replace("\\n", "\n"))
                yield placed(reply, Place(context)), [pin.cause]
    for where, text, cause in UNSEEN:
        yield placed(unfold(text), Place(where)), cause.split("|")
    for _, where, text, cause in SEEN:
        yield placed(unfold(text), Place(where)), cause.split("|")
    for said in SAID.values():
        for command, text, cause in said:
            yield placed(unfold(text), Place(Context.__members__.get(command))), cause.split("|")
    for where, text in product(
        (None, Context.MAIL, Context.RCPT, Context.DATA_END), (*SAY_NOTHING, *DENY)
    ):
        yield placed(unfold(text), Place(where)), ["unknown"]


def taught() -> Iterator[tuple[Situation, list[str]]]:
    """Return the refusals that are here to be counted alone: two are named, one of them it is."""
    with (FOLDER / "taught.tsv").open(encoding="utf-8", newline="") as file:
        for command, text, cause in list(csv.reader(file, delimiter="\t", strict=True))[1:]:
            yield placed(unfold(text), Place(CONTEXTS.get(command))), cause.split("|")


def counted(
    read: Iterable[tuple[Situation, list[str]]],
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return how many replies of each cause there are, and in how many of them each sign stands."""
    known = set(OF_REFUSALS)
    whole: dict[str, float] = defaultdict(float)
    signs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for seen, told in read:
        causes = [cause for cause in told if cause in known]
        refused = seen.exchange.reply.severity in (Severity.TRANSIENT, Severity.PERMANENT)
        if not (causes and (refused or seen.local)):
            continue
        for cause in causes:
            whole[cause] += 1 / len(causes)
            for sign in signs_of(seen):
                signs[sign][cause] += 1 / len(causes)
    return whole, {sign: causes for sign, causes in signs.items() if sum(causes.values()) >= LEAST}


def _line(causes: dict[str, float]) -> str:
    ordered = sorted(causes.items(), key=lambda one: (-round(one[1], 1), one[0]))
    return ", ".join(f"{cause} {number:.1f}".removesuffix(".0") for cause, number in ordered)


def _quoted(text: str) -> str:
    lines = textwrap.wrap(text, 76, break_on_hyphens=False)
    if len(lines) == 1:
        return f'"{text}"'
    return "(" + " ".join(f'"{line}{" " if line is not lines[-1] else ""}"' for line in lines) + ")"


def written(read: Iterable[tuple[Situation, list[str]]]) -> str:
    """Return the file."""
    whole, signs = counted(read)
    parts = [HEAD, "READ: dict[str, float] = {\n"]
    parts += [f'    "{cause}": {whole[cause]:.1f},\n' for cause in OF_REFUSALS if cause in whole]
    parts.append("}\n\nSIGNS: dict[str, str] = {\n")
    lines = {sign: _quoted(_line(causes)) for sign, causes in sorted(signs.items())}
    parts += [f'    "{sign}": {line},\n' for sign, line in lines.items()]
    parts.append("}\n")
    return "".join(parts)


def everything() -> Iterator[tuple[Situation, list[str]]]:
    """Return all refusals that are counted."""
    yield from refusals(part for part in PARTS if part not in (*HIDDEN, UNCOUNTED))
    yield from others()
    yield from taught()


if __name__ == "__main__":
    TARGET.write_text(written(everything()), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", TARGET], check=True)
