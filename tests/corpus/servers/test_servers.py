"""Replies of real servers, recorded, and how each of them is read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from smtpprobe.knowledge.annotation import Annotation, Basis, Blame, Cause, NextStep, Retry
from smtpprobe.script.parser.parser import parse
from tests.corpus.servers.readings import (
    RECORDINGS,
    RELEASES,
    End,
    Reading,
    Verdict,
    by_situation,
    ends,
    heard,
    judged,
    readings,
    verdict,
)
from tests.servers.more.jobs import JOBS, REASONS, as_wanted, cell, reason
from tests.servers.more.situations import BY_NAME
from tests.servers.more.table import STANDS, standing_on

each_recording = pytest.mark.parametrize(
    "recording", RECORDINGS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


@each_recording
def test_a_recording_holds_every_situation(recording: Path) -> None:
    found = by_situation(recording)
    assert list(found) == list(BY_NAME)
    assert all(found.values())


@each_recording
def test_a_recording_is_a_script(recording: Path) -> None:
    assert parse(recording.read_bytes(), recording.name).steps


@each_recording
def test_every_reply_has_a_reading(recording: Path) -> None:
    said = [(one.situation, one.sent, one.reply) for one in heard(recording)]
    assert [reading[:3] for reading in readings(recording)] == said
    causes = {cause for reading in readings(recording) for cause in reading.causes.split("|")}
    assert causes <= {one.value for one in Cause}


@each_recording
def test_a_recording_names_no_machine(recording: Path) -> None:
    text = recording.read_text("utf-8", "surrogateescape")
    assert not any(word in text for word in ("127.0.0.", "lab.test", "/tmp/", "/root/"))
    assert recording.stem in STANDS


def test_replies_of_real_servers_are_read_as_a_person_reads_them() -> None:
    found = [
        (f"{recording.parent.name} {recording.stem}", *one)
        for recording in RECORDINGS
        for one in judged(recording)
    ]
    count = Counter(verdict for *_, verdict in found)
    missed = [
        f"{verdict.value}: {name} {one.situation}: {one.sent}: {one.reply}\n"
        f"  wanted: {reading.causes} [{reading.words}]\n  is: {told.cause.value} {told.meaning}"
        for name, one, reading, told, verdict in found
        if verdict is not Verdict.RIGHT
    ]
    assert count[Verdict.WRONG] == 0, "\n".join(missed)
    assert count[Verdict.GENERIC] <= GENERIC, "\n".join(missed)


GENERIC = 0
"""How many are read, but in general words only: a new one is mended or counted here."""


@pytest.mark.parametrize("release", RELEASES)
def test_every_server_is_recorded_on_a_release_that_has_it(release: str) -> None:
    recorded = [one.stem for one in RECORDINGS if one.parent.name == release]
    assert sorted(recorded) == sorted(standing_on(release))
    assert len(recorded) >= 26
    assert len(BY_NAME) >= 50


@each_recording
def test_a_job_ends_as_it_should_or_it_is_told_why_not(recording: Path) -> None:
    found = ends(recording)
    cells = {job.title: (cell(job, found), reason(job, recording.stem)) for job in JOBS}
    unexplained = [job for job in JOBS if not as_wanted(job, cells[job.title][0])]
    unexplained = [job for job in unexplained if not cells[job.title][1]]
    assert not unexplained, [(job.title, cells[job.title]) for job in unexplained]


def test_a_reason_is_about_a_cell_that_does_not_end_as_it_should() -> None:
    jobs = {job.title: job for job in JOBS}
    found: dict[str, list[dict[str, End]]] = {}
    for recording in RECORDINGS:
        found.setdefault(recording.stem, []).append(ends(recording))
    for one in REASONS:
        names = one.servers.split() if one.servers != "*" else []
        assert set(names) <= set(found), one
        for name in names:
            cells = [cell(jobs[one.job], each) for each in found[name]]
            assert not all(as_wanted(jobs[one.job], text) for text in cells), (one.job, name)


def annotation(cause: Cause, meaning: str) -> Annotation:
    never, nobody = Retry.NEVER, Blame.NOBODY
    steps = (NextStep("STARTTLS"),)
    return Annotation(
        550, None, None, "Title", meaning, steps, cause, nobody, never, Basis.STANDARD
    )


def read(causes: str, words: str) -> Reading:
    return Reading("message", ".", "550 no", causes, words)


def test_a_reading_asks_for_a_cause_and_for_words() -> None:
    told = annotation(Cause.POLICY, "refused by a rule")
    assert verdict(told, read("policy|unknown", "rule;STARTTLS|AUTH")) is Verdict.RIGHT
    assert verdict(told, read("policy", "rule;AUTH")) is Verdict.GENERIC
    assert verdict(told, read("policy", "Rule")) is Verdict.RIGHT
    assert verdict(told, read("policy", "TLS")) is Verdict.GENERIC
    assert verdict(told, read("policy", "!rule")) is Verdict.WRONG
    assert verdict(told, read("spam-content", "rule")) is Verdict.WRONG
    assert verdict(annotation(Cause.UNKNOWN, ""), read("policy", "")) is Verdict.GENERIC
