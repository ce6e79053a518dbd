"""Scores the program on the parts of the corpus, in this process: `make score`.

right    the cause is one of those of the row
unknown  the program says `unknown`, or nothing, where a cause is told
wrong    it says another cause

Blame, retry: of the rows whose cause is right. Calibration: of the answers other than `unknown`,
how many of each `basis` are right. The totals are written to score.md, which docs/replies.md takes
in (`make score` writes that anew, too).
`--show` names what was not right in `tune` and `odd`; of the hidden parts nobody is told more than
totals.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from smtpprobe.cli.main import main as smtpprobe
from tests.corpus.replies.rows import FOLDER, HIDDEN, PARTS, Row, rows

STORED = FOLDER / "score.md"

AT_LEAST = {"right": 0.90, "standard": 0.97, "likely": 0.85}
"""The least share of `hold`: of its rows that are right, and of the answers of a basis that are."""

AT_MOST = {"wrong": 0.03}
"""The greatest share of `hold` that may be wrong."""

SCORE_HEAD = f"""\
## How often it is right

`make score` asks the program about the replies in tests/corpus/replies and stores this. The rules
were written with `tune` in sight; `hold` was written before them by somebody who had seen none, and
nobody looks at more of it than these totals. `odd` and `odd-hold` are refusals in seldom words,
written before any of them was scored and halved by a hash; nobody looks into `odd-hold` either.
`fresh` and `fresh-hold` are replies of every part of a session, written later and held in the same
way. `wild` and `wild-hold` are what servers said in public logs, bounces and source, collected
later, read before the program was asked, and halved by provider.
A second reader read all hidden replies, blind to labels, rules and results;
`python -m tests.corpus.replies.agreement` shows how far the two agree.
Blame and retry are counted where the cause is right.

Wanted of `hold`: at least {AT_LEAST["right"]:.0%} right, at most {AT_MOST["wrong"]:.0%} wrong; of
what is called standard at least {AT_LEAST["standard"]:.0%} right, of what is called likely at least
{AT_LEAST["likely"]:.0%}.

"""

BOUNCE = """\
From MAILER-DAEMON Mon Nov  2 10:00:00 2026
From: MAILER-DAEMON@mail.example.com
To: info@example.com
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; user@example.org
Action: failed
Status: 4.0.0
Diagnostic-Code: X-Local; {}

--b--
"""

Answer = Mapping[str, str]


class Judged(NamedTuple):
    """A row, the answer of the program (empty: none), and how right it is."""

    row: Row
    answer: Answer
    verdict: str


def ask(row: Row) -> Answer:
    """Return what `smtpprobe explain` answers; own words of a server are asked in three ways."""
    if row.command != "LOCAL":
        command = () if row.command == "UNKNOWN" else ("--command", row.command)
        return _explained(*command, "--", row.reply)
    folded = row.reply.replace("\n", " ")
    asked = (_explained("--", row.reply), _in_file(f"{folded}\n"), _in_file(BOUNCE.format(folded)))
    return next((answer for answer in asked if answer), {})


def _in_file(text: str) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "told")
        path.write_text(text, encoding="utf-8")
        return _explained("-f", str(path))


def _explained(*words: str) -> Answer:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        smtpprobe(["explain", "--jsonl", "--quiet", *words])
    found = (json.loads(line) for line in out.getvalue().splitlines())
    return next((answer for answer in found if "cause" in answer), {})


def judge(row: Row, answer: Answer) -> Judged:
    """Return the row with the verdict on the answer."""
    cause = answer.get("cause", "unknown")
    if cause in row.cause:
        return Judged(row, answer, "right")
    return Judged(row, answer, "unknown" if cause == "unknown" else "wrong")


def judged(part: str) -> list[Judged]:
    """Return all rows of a part with the answers of the program."""
    return [judge(row, ask(row)) for row in rows(part)]


def share(count: int, of: int) -> str:
    """Return a share in per cent, or nothing of nothing."""
    return f"{100 * count / of:.1f} %" if of else "-"


def totals(found: Sequence[Judged]) -> tuple[str, ...]:
    """Return the numbers of a line, named by COLUMNS."""
    counted = Counter(each.verdict for each in found)
    right = [each for each in found if each.verdict == "right"]
    blame = sum(each.answer.get("blame", "nobody") in each.row.blame for each in right)
    retry = sum(each.answer.get("retry", "") in each.row.retry for each in right)
    shares = (share(counted[verdict], len(found)) for verdict in ("right", "wrong", "unknown"))
    return (str(len(found)), *shares, share(blame, len(right)), share(retry, len(right)))


def of_basis(found: Iterable[Judged]) -> dict[str, Counter[str]]:
    """Return the verdicts on the answers that name a cause, by what the program rests them on."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        if each.answer.get("cause", "unknown") != "unknown":
            counted[each.answer["basis"]][each.verdict] += 1
    return dict(sorted(counted.items()))


def short_of(found: Sequence[Judged]) -> list[str]:
    """Return what of the part falls short of the bounds, a line each."""
    verdicts = Counter(each.verdict for each in found)
    shares = {verdict: verdicts[verdict] / len(found) for verdict in ("right", "wrong")}
    shares |= {
        name: counted["right"] / counted.total() for name, counted in of_basis(found).items()
    }
    low = (
        (n, f"at least {least:.0%}") for n, least in AT_LEAST.items() if shares.get(n, 1) < least
    )
    high = ((n, f"at most {most:.0%}") for n, most in AT_MOST.items() if shares[n] > most)
    return [f"{name}: {shares[name]:.1%}, {bound} is wanted" for name, bound in (*low, *high)]


COLUMNS = ("replies", "right", "wrong", "unknown", "blame", "retry")


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    rule = ["---"] * len(head)
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *lines))


def grouped(found: Iterable[Judged], field: str) -> dict[str, list[Judged]]:
    """Return the rows by a field of theirs, in the order of its values."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in found:
        groups[getattr(each.row, field)].append(each)
    return dict(sorted(groups.items(), key=lambda group: group[0].lower()))


def summary(parts: Mapping[str, Sequence[Judged]]) -> str:
    """Return the totals as they stand in docs/replies.md."""
    each_part = table(("part", *COLUMNS), ((name, *totals(found)) for name, found in parts.items()))
    bases = table(
        ("basis", "part", "answers", "right"),
        (
            (basis, name, str(counted.total()), share(counted["right"], counted.total()))
            for name, found in parts.items()
            for basis, counted in of_basis(found).items()
        ),
    )
    languages = table(
        ("language", "part", *COLUMNS),
        (
            (language, name, *totals(group))
            for name, found in parts.items()
            for language, group in grouped(found, "language").items()
        ),
    )
    return f"{each_part}\n{bases}\n{languages}"


def by_provider(parts: Mapping[str, Sequence[Judged]]) -> str:
    """Return a table of the providers of each part."""
    lines = (
        (provider, name, *totals(group))
        for name, found in parts.items()
        for provider, group in grouped(found, "provider").items()
    )
    return table(("provider", "part", *COLUMNS), lines)


def shown(found: Iterable[Judged]) -> str:
    """Return what was not right, a line each."""
    return "".join(
        f"{each.verdict} {each.row.id} [{each.row.command}]: {each.answer.get('cause', 'nothing')}"
        f", not {' or '.join(sorted(each.row.cause))}: {each.row.reply!r}\n"
        for each in found
        if each.verdict != "right"
    )


def main(words: Sequence[str]) -> int:
    """Print the scores, store the totals; return 1 where `hold` falls short of the bounds."""
    parts = {part: judged(part) for part in PARTS}
    STORED.write_text(summary(parts), encoding="utf-8")
    sys.stdout.write(f"{by_provider(parts)}\n{summary(parts)}\n")
    if "--show" in words:
        open_parts = (found for part, found in parts.items() if part not in HIDDEN)
        sys.stdout.write("".join(map(shown, open_parts)))
    short = short_of(parts["hold"])
    sys.stdout.write("".join(f"hold, {line}\n" for line in short))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
