"""The folder of a survey: what is finished stays, and nobody is asked more often than promised."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.survey.jobs.journal import journal
from smtpprobe.survey.results import MOST_ATTEMPTS, Asked, JobName, Results, Stage
from smtpprobe.survey.schema import ADDRESSES
from smtpprobe.survey.tables import about, packed, write_parquet

SETTINGS = {"list": "domains.txt", "contact": "abuse@example.org"}


@pytest.mark.parametrize("stage", MOST_ATTEMPTS)
def test_a_job_that_never_finishes_is_set_aside_after_its_attempts(
    stage: Stage, tmp_path: Path
) -> None:
    job, begun = JobName(stage, "1"), 0
    for _ in range(MOST_ATTEMPTS[stage] + 1):  # every time everything dies
        results = Results(tmp_path)
        with results.opened(SETTINGS, resume=True):
            begun += results.begin(job)
    assert begun == MOST_ATTEMPTS[stage]
    assert "never finished" in results.set_aside[str(job)]
    with results.opened(SETTINGS, resume=True):
        assert results.begin(job)


ASKED = JobName(Stage.PROBE, "1-0000000-00000")


def ask(folder: Path, *numbers: int, noted: bool = True) -> Asked:
    """Begin a job that asks some addresses until everything dies; return who was asked by now."""
    results = Results(folder)
    with results.opened(SETTINGS, resume=True):
        path = results.begin_journal(ASKED) if noted else None
        assert results.begin(ASKED)
        with journal(str(path) if path else None) as note:
            for number in numbers:
                note(number)
    with Results(folder).opened(SETTINGS, resume=True):
        pass
    results = Results(folder)
    with results.opened(SETTINGS, resume=True):
        return results.asked(ASKED)


def times(asked: Asked) -> list[int]:
    return [asked.times(number) for number in (1, 2, 3)]


def test_who_was_asked_is_counted_by_address(tmp_path: Path) -> None:
    assert times(ask(tmp_path)) == [0, 0, 0]
    assert times(ask(tmp_path, 1, 2)) == [1, 1, 0]
    assert times(ask(tmp_path, 2)) == [1, 2, 0]


def test_where_nobody_knows_who_was_asked_everybody_was(tmp_path: Path) -> None:
    ask(tmp_path, 1)
    assert times(ask(tmp_path, noted=False)) == [2, 1, 1]
    assert times(ask(tmp_path, 3)) == [2, 1, 2]


def test_a_journal_that_was_lost_or_is_of_an_earlier_boot_says_that_all_were_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(tmp_path, 1)
    monkeypatch.setattr("smtpprobe.survey.jobs.journal._boot", lambda: "another")
    assert times(ask(tmp_path, 2)) == [1, 2, 1]
    for path in (tmp_path / "work" / "asked").iterdir():
        path.unlink()
    assert times(ask(tmp_path)) == [2, 2, 2]


def test_what_was_stopped_and_gave_its_rows_asked_nobody_else(tmp_path: Path) -> None:
    ask(tmp_path, 1)
    results = Results(tmp_path)
    with results.opened(SETTINGS, resume=True):
        with journal(str(results.begin_journal(ASKED))) as note:
            results.begin(ASKED)
            note(2)
        results.put_back(ASKED)
        assert times(results.asked(ASKED)) == [1, 0, 0]
    assert times(ask(tmp_path, 3)) == [1, 0, 1]


def test_a_part_of_the_first_round_is_not_taken_for_one_of_the_second() -> None:
    first = JobName(Stage.PROBE, "1-0000000-00000")
    second = JobName(Stage.PROBE, "2-0000000-00000")
    due_again = JobName(Stage.PROBE, f"2-{first.part(1).name.removeprefix('1-')}")
    assert second.part(1) != due_again


def test_a_line_of_the_log_that_was_cut_off_counts_as_none(tmp_path: Path) -> None:
    with Results(tmp_path).opened(SETTINGS, resume=False):
        pass
    log = tmp_path / "log.jsonl"
    log.write_bytes(b'{"event":"begin","job":"addresses/1"}\n{"event":"beg')
    results = Results(tmp_path)
    with results.opened(SETTINGS, resume=True):
        assert times(results.asked(JobName(Stage.PROBE, "1"))) == [1, 1, 1]
        assert results.begin(JobName(Stage.PROBE, "1"))
        assert times(results.asked(JobName(Stage.PROBE, "1"))) == [2, 2, 2]


def begin(folder: Path) -> None:
    """Begin a survey, and a job of it."""
    results = Results(folder)
    with results.opened(SETTINGS, resume=False):
        results.begin(JobName(Stage.RESOLVE, "0000000"))


def test_a_survey_that_never_came_to_its_first_job_is_not_in_the_way(tmp_path: Path) -> None:
    with Results(tmp_path).opened(SETTINGS | {"list": "another"}, resume=False):
        pass
    begin(tmp_path)
    with Results(tmp_path).opened(SETTINGS, resume=True):
        pass


def test_a_folder_with_a_survey_is_not_begun_again_by_mistake(tmp_path: Path) -> None:
    begin(tmp_path)
    with (
        pytest.raises(UsageError, match="there is a survey in it already"),
        Results(tmp_path).opened(SETTINGS, resume=False),
    ):
        pass


def test_other_settings_are_named(tmp_path: Path) -> None:
    begin(tmp_path)
    with (
        pytest.raises(UsageError, match="begun with other settings: contact"),
        Results(tmp_path).opened(SETTINGS | {"contact": "me@example.org"}, resume=True),
    ):
        pass


def test_two_surveys_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with (
        Results(tmp_path).opened(SETTINGS, resume=False),
        pytest.raises(UsageError, match="another survey is writing"),
        Results(tmp_path).opened(SETTINGS, resume=True),
    ):
        pass


def test_a_file_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets = packed([{"place": 1, "ip": "192.0.2.1"}], ADDRESSES)
    path = tmp_path / "1.parquet"
    assert write_parquet(octets, path, digest="abc") == 1
    assert about(path)["digest"] == "abc"
    before = path.read_bytes()

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_parquet(packed([], ADDRESSES), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["1.parquet"]


def test_what_was_stopped_before_it_contacted_anybody_was_not_begun(tmp_path: Path) -> None:
    job = JobName(Stage.RESOLVE, "1")
    for _ in range(MOST_ATTEMPTS[Stage.RESOLVE] + 2):
        results = Results(tmp_path)
        with results.opened(SETTINGS, resume=True):
            assert results.begin(job)
            results.put_back(job)


def test_what_follows_a_line_of_the_log_that_was_cut_off_counts(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(b'{"event":"beg')
    job = JobName(Stage.RESOLVE, "1")
    for _ in range(MOST_ATTEMPTS[Stage.RESOLVE]):
        results = Results(tmp_path)
        with results.opened(SETTINGS, resume=True):
            assert results.begin(job)
    results = Results(tmp_path)
    with results.opened(SETTINGS, resume=True):
        assert not results.begin(job)
