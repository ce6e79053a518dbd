"""What the runner says of a mutant is true: known faults, of which some can be seen."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants.kept import Fate, Kept, Verdict
from tests.mutants.operators import mutants

REPOSITORY = Path(__file__).parents[2]

THING = """
def limit(count):
    return count > 3

def padded(text):
    return text.strip()

def unseen(count):
    return -count

def turns(count):
    while count > 0:
        count -= 1
    return count

def maker():
    def small(count):
        return count < 9
    return small

made_when_imported = maker()
"""

CHECKS = """
import os, thing
collected_in = os.getpid()

def test_a_limit():
    assert thing.limit(4) and not thing.limit(2)

def test_padding_on_the_right():
    assert thing.padded("A ") == "A"

def test_turns_end():
    assert thing.turns(3) == 0

def test_what_was_made_when_the_module_was_imported():
    assert thing.made_when_imported(8) and not thing.made_when_imported(9)

passed = []

def test_that_passes_once_alone():
    passed.append(thing.padded("A"))
    assert not os.path.exists("once") and not open("once", "w").close()
"""

RUN = """
import json, sys
from pathlib import Path
from tests.mutants import session
from tests.mutants.__main__ import judged
from tests.mutants.operators import mutants

session.LEAST = 0.2
chosen = [("thing.py", one) for one in mutants(Path("thing.py").read_text())]
found = judged(chosen, ["thing.py"], ["checks"], Path("kept"), jobs=2, say=lambda _: None)
print(json.dumps([[one.key, one.fate, one.by] for one in found]))
"""


def test_the_dead_are_dead_and_the_living_live(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "test_thing.py").write_text(CHECKS)
    (tmp_path / "thing.py").write_text(THING)
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{REPOSITORY}", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(done.stdout.splitlines()[-1])
    assert {key: fate for key, fate, _ in rows if fate != "killed"} == {
        "limit:1:11:Gt made GtE": "survived",
        "padded:1:11:strip made rstrip": "survived",
        "maker:3:4:returns None": "survived",  # what imports have made is not made again
        "unseen:1:4:returns None": "no test reaches it",
    }
    by = {key: by.rpartition("::")[2] for key, fate, by in rows if fate == "killed"}
    assert by.keys() >= {
        "limit:1:11:Gt made LtE", "padded:1:4:returns None", "turns:1:4:the condition turned round",
        "turns:1:10:Gt made GtE", "turns:2:8:Sub= made Add=", "maker:2:15:Lt made LtE",
    }  # fmt: skip
    assert set(by.values()) == {
        "test_a_limit", "test_padding_on_the_right", "test_turns_end",
        "test_what_was_made_when_the_module_was_imported",
    }  # fmt: skip


VERDICT = Verdict(
    "thing.py", "limit:1:11:Gt made LtE", 3, "Gt made LtE", Fate.KILLED.value, "a.py::b"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("thing.py", "a.py", "b.py"):
        Path(name).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("fate", "changed", "still"),
    [
        (Fate.KILLED, "thing.py", False),
        (Fate.KILLED, "a.py", False),
        (Fate.KILLED, "b.py", True),
        (Fate.SURVIVED, "thing.py", False),
        (Fate.SURVIVED, "a.py", False),
        (Fate.SURVIVED, "b.py", False),
        (Fate.UNREACHED, "b.py", False),
        (Fate.UNFIT, "b.py", True),
    ],
)
def test_a_verdict_is_kept_while_what_it_rests_on_is_as_it_was(
    folder: Path, fate: Fate, changed: str, still: bool
) -> None:
    by = VERDICT.by if fate is Fate.KILLED else ""
    verdict = replace(VERDICT, fate=fate.value, by=by)
    tests = ("a.py", "b.py")
    Kept(folder / "kept", tests).add(verdict)
    assert Kept(folder / "kept", tests).verdicts.values()
    Path(changed).write_text("more")
    assert list(Kept(folder / "kept", tests).verdicts.values()) == [verdict] * still


def test_who_killed_others_of_the_function_comes_first(folder: Path) -> None:
    kept = Kept(folder / "kept", ())
    for number, by in enumerate(("b.py::x", "a.py::y", "a.py::y")):
        kept.add(replace(VERDICT, key=f"limit:{number}", by=by))
    kept.add(replace(VERDICT, key="limited:1", by="a.py::z"))
    assert kept.killers(mutants(THING)[0], "thing.py") == ["a.py::y", "b.py::x"]
    assert kept.killers(mutants(THING)[0], "other.py") == []
