"""CPU time by process and stage adds up to all that was used, and each round has its turns."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.bench import survey
from tests.bench.pairs import Goal
from tests.bench.spent import CLIENT, Account, Spent, lines
from tests.bench.survey import Lab, Run, compared, measured


def test_what_was_used_by_a_time_is_what_was_seen_last_before_it() -> None:
    account = Account()
    account.note(1.0, 0.5)
    account.note(2.0, 0.75)
    assert [account.by(at) for at in (0.9, 1.0, 1.9, 2.0, 9.0)] == [0, 0.5, 0.5, 0.75, 0.75]


def test_the_stages_of_a_process_add_up_to_all_that_it_has_used() -> None:
    spent, began = Spent(), time.process_time()
    while time.process_time() < began + 0.05:
        pass
    spent.look(os.getpid(), 1.0)
    spent.look(os.getpid(), 2.0)
    table = spent.table({"start": 0.5, "resolve": 1.5, "end": 3.0})
    row = table[CLIENT]
    assert row["start"] == 0
    assert row["resolve"] > 0
    assert lines(table, row)[-1].split()[0] == "all"
    assert sum(row.values()) == pytest.approx(row["resolve"] + row["end"])


def test_each_round_begins_with_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = list[str]()

    def run(command: tuple[str, ...], _good: tuple[int, ...]) -> Run:
        begun.append(command[command.index("--workers") + 1] if "survey" in command else "list")
        return Run(1.0, float(len(begun)), 0.0, 0.0)

    monkeypatch.setattr(survey, "run", run)
    rounds = [*measured(Lab(Path("ca.pem"), Path("nowhere"), "127.0.0.1:1", 8), Path("l"), 3)]
    assert begun == ["1", "2", "list", "2", "list", "1", "list", "1", "2"]
    assert [(each.one.cpu, each.two.cpu, each.plain.cpu) for each in rounds] == [
        (1, 2, 3),
        (6, 4, 5),
        (8, 9, 7),
    ]


def test_a_ratio_is_that_of_a_round_not_of_medians() -> None:
    row = compared("work", "ms", [(2.0, 1.0), (30.0, 10.0), (4.0, 4.0)], "other", Goal(1.5))
    assert (row.ours, row.theirs, row.ratio) == (4.0, 4.0, 2.0)
    assert not row.is_met
