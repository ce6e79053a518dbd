"""Writes docs/servers.md from the recordings and their readings: `make servers-table`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.corpus.servers.readings import RECORDINGS, Verdict, by_situation, judged, server_of
from tests.servers.more.situations import SITUATIONS, Situation
from tests.servers.more.table import ABSENT

PAGE: Final = Path(__file__).parents[2] / "docs/servers.md"

HEAD: Final = """\
# Real servers and how they are read

Each server below was run on loopback from its unpacked package and taken through the same
situations, one connection each. A cell has the code of the reply that ends the situation; `-` is a
server that closed the connection or said nothing more. Behind the code stands how smtpprobe's
annotations of all replies there compare with a person's reading: nothing where all are right, `~`
where one is generic (nothing false, but something a reader needs is missing), `!` where one is
wrong. Recordings and readings are in `tests/corpus/servers`; `make servers-more` records again,
`make servers-table` writes this page.

"""
MARKS: Final = {Verdict.RIGHT: "", Verdict.GENERIC: " ~", Verdict.WRONG: " !"}
WORST: Final = (Verdict.WRONG, Verdict.GENERIC, Verdict.RIGHT)
AT_ONCE: Final = 6
"""How many servers stand beside one another in a table."""


def page() -> str:
    """Return the whole page."""
    lines = [HEAD, *_servers(), "\n## Situations\n", *_tables(), "\n## Not here\n\n", *_absent()]
    return "".join(lines)


def _servers() -> Iterator[str]:
    """Yield the table of servers, with how many readings are right."""
    yield "| server | version | replies | right | generic | wrong |\n"
    yield f"|{' --- |' * 6}\n"
    total: Counter[Verdict] = Counter()
    for recording in RECORDINGS:
        found = Counter(verdict for *_, verdict in judged(recording))
        total += found
        yield f"| {recording.stem} | {server_of(recording)} | {_counts(found)} |\n"
    yield f"| all | | {_counts(total)} |\n"


def _counts(found: Counter[Verdict]) -> str:
    share = 100 * found[Verdict.RIGHT] / found.total()
    numbers = f"{found[Verdict.GENERIC]} | {found[Verdict.WRONG]}"
    return f"{found.total()} | {share:.1f} % | {numbers}"


def _tables() -> Iterator[str]:
    cells = {recording: _cells(recording) for recording in RECORDINGS}
    for start in range(0, len(RECORDINGS), AT_ONCE):
        beside = RECORDINGS[start : start + AT_ONCE]
        yield f"\n| situation | {' | '.join(recording.stem for recording in beside)} |\n"
        yield f"|{' --- |' * (len(beside) + 1)}\n"
        for situation in SITUATIONS:
            row = " | ".join(cells[recording][situation.name] for recording in beside)
            yield f"| {_title(situation)} | {row} |\n"


def _title(situation: Situation) -> str:
    return situation.title.replace("|", "\\|")


def _cells(recording: Path) -> dict[str, str]:
    """Return what came of each situation, and how it is read."""
    verdicts = {(one.sent, one.reply): verdict for one, _, _, verdict in judged(recording)}
    cells = {}
    for name, found in by_situation(recording).items():
        keys = [one.key for one in found]
        worst = next(one for one in WORST if one in {verdicts[key] for key in keys})
        code = found[-1].exchange.reply.code
        cells[name] = f"{'-' if code is None else code}{MARKS[worst]}"
    return cells


def _absent() -> Iterator[str]:
    yield from (f"- {name}: {reason}\n" for name, reason in ABSENT.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
