"""Writes docs/servers.md from the recordings and their readings: `make servers-table`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.corpus.servers.own_jobs import Answer, Right, kept, rights, wrong
from tests.corpus.servers.readings import (
    RECORDINGS,
    RELEASES,
    End,
    Verdict,
    by_situation,
    ends,
    judged,
    server_of,
)
from tests.servers.more.jobs import JOBS, Job, as_wanted, cell, reason
from tests.servers.more.own_jobs import JOBS as OWN_JOBS
from tests.servers.more.situations import SITUATIONS, Situation
from tests.servers.more.table import ABSENT, ABSENT_ON

PAGE: Final = Path(__file__).parents[2] / "docs/servers.md"

HEAD: Final = """\
# Real servers and how they are read

Each server below was run on loopback from its unpacked package, on Debian 12 and on Debian 13, and
taken through the same situations, one connection each. Servers named `-smtps` and
`dovecot-submissions` are those with TLS from the first octet. A cell has the code of the reply that
ends the situation; `closed` is a server that then closes the connection without 221 or 421. Behind
it stands how smtpprobe's annotations of all replies there compare with a person's reading: nothing
where all are right, `~` where one is generic (nothing false, but something a reader needs is
missing), `!` where one is wrong. Recordings and readings are in `tests/corpus/servers`;
`make servers-more` records again (`SILENCE=yes` waits for the servers that take minutes to hang
up), `make servers-table` writes this page.

"""
JOBS_HEAD: Final = """
## Jobs

What each server is held against. A `*` marks a cell that does not end as the job should; the list
below the tables says why.
"""

OWN_HEAD: Final = """
## smtpprobe at each server

What `smtpprobe` itself came to there, as its user runs it: `starttls`, `send`, `why --via
submission`, a script and commands on standard input. A cell is the exit code and the answer in a
few words; `!` marks one that is not what a person found right. What was written is in
`tests/corpus/servers/*/*.jobs`, what is right in `jobs.tsv` there.

"""

MARKS: Final = {Verdict.RIGHT: "", Verdict.GENERIC: " ~", Verdict.WRONG: " !"}
WORST: Final = (Verdict.WRONG, Verdict.GENERIC, Verdict.RIGHT)
AT_ONCE: Final = 6
"""How many servers stand beside one another in a table."""


def page() -> str:
    """Return the whole page."""
    lines = [
        HEAD,
        *_servers(),
        JOBS_HEAD,
        *_jobs(),
        "\n### Why not\n\n",
        *_reasons(),
        OWN_HEAD,
        *_own(),
    ]
    lines += ["\n## Situations\n", *_tables(), "\n## Not here\n\n", *_absent()]
    return "".join(lines)


def _servers() -> Iterator[str]:
    """Yield the table of servers, with how many readings are right."""
    yield "| server | release | version | replies | right | generic | wrong |\n"
    yield f"|{' --- |' * 7}\n"
    total: Counter[Verdict] = Counter()
    for recording in RECORDINGS:
        found = Counter(verdict for *_, verdict in judged(recording))
        total += found
        version = server_of(recording)
        yield f"| {recording.stem} | {released(recording)} | {version} | {_counts(found)} |\n"
    yield f"| all | | | {_counts(total)} |\n"


def _counts(found: Counter[Verdict]) -> str:
    share = 100 * found[Verdict.RIGHT] / found.total()
    numbers = f"{found[Verdict.GENERIC]} | {found[Verdict.WRONG]}"
    return f"{found.total()} | {share:.1f} % | {numbers}"


def _jobs() -> Iterator[str]:
    """Yield the tables of jobs; a cell that has a reason is marked."""
    for name, recordings in by_release().items():
        found = {recording: ends(recording) for recording in recordings}
        yield f"\n### On {name}\n"
        for beside in batched(recordings):
            yield f"\n| job | {' | '.join(recording.stem for recording in beside)} |\n"
            yield f"|{' --- |' * (len(beside) + 1)}\n"
            for job in JOBS:
                cells = [_job(job, found[recording]) for recording in beside]
                yield f"| {job.title} | {' | '.join(cells)} |\n"


def _job(job: Job, ended: Mapping[str, End]) -> str:
    text = cell(job, ended)
    return text if as_wanted(job, text) else rf"{text} \*"


def _reasons() -> Iterator[str]:
    found = {recording: ends(recording) for recording in RECORDINGS}
    for job in JOBS:
        why: dict[str, list[str]] = {}
        for recording in RECORDINGS:
            told = reason(job, recording.stem)
            fits = as_wanted(job, cell(job, found[recording]))
            if not fits and recording.stem not in why.get(told, ()):
                why.setdefault(told, []).append(recording.stem)
        yield from (f"- {job.title}: {', '.join(names)}: {text}\n" for text, names in why.items())


def _own() -> Iterator[str]:
    """Yield the table of what smtpprobe came to."""
    yield f"| server | release | {' | '.join(OWN_JOBS)} |\n|{' --- |' * (len(OWN_JOBS) + 2)}\n"
    for release, name in RELEASES.items():
        right = {(one.server, one.job): one for one in rights(release)}
        for server in sorted({server for server, _ in right}):
            found = kept(release, server)
            cells = [_answer(found[job], right[server, job]) for job in OWN_JOBS]
            yield f"| {server} | {name} | {' | '.join(cells)} |\n"


def _answer(answer: Answer, right: Right) -> str:
    words = right.words.partition(";")[0].partition("|")[0]
    return f"{answer.code}: {' '.join(words.split())}{' !' if wrong(answer, right) else ''}"


def released(recording: Path) -> str:
    """Return the release that a recording was made on."""
    return RELEASES[recording.parent.name]


def by_release() -> dict[str, list[Path]]:
    """Return the recordings of each release, by its name."""
    found: dict[str, list[Path]] = {name: [] for name in RELEASES.values()}
    for recording in RECORDINGS:
        found[released(recording)].append(recording)
    return found


def batched(recordings: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Yield as many as stand beside one another, and so on."""
    for start in range(0, len(recordings), AT_ONCE):
        yield recordings[start : start + AT_ONCE]


def _tables() -> Iterator[str]:
    cells = {recording: _cells(recording) for recording in RECORDINGS}
    for name, recordings in by_release().items():
        yield f"\n### Situations on {name}\n"
        for beside in batched(recordings):
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
    ended = ends(recording)
    for name, found in by_situation(recording).items():
        keys = [one.key for one in found]
        worst = next(one for one in WORST if one in {verdicts[key] for key in keys})
        cells[name] = f"{ended[name].told}{MARKS[worst]}"
    return cells


def _absent() -> Iterator[str]:
    yield from (f"- {name}: {reason}\n" for name, reason in ABSENT.items())
    for release, servers in ABSENT_ON.items():
        yield from (f"- {name} on {RELEASES[release]}: {why}\n" for name, why in servers.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
