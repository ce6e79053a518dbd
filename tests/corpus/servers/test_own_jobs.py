"""What smtpprobe makes of real servers, as its user runs it, and whether that is right."""

from __future__ import annotations

import pytest

from tests.corpus.servers.own_jobs import Answer, Right, kept, rights, wrong
from tests.corpus.servers.readings import RELEASES
from tests.servers.more.own_jobs import JOBS
from tests.servers.more.table import standing_on

EVERY = [(release, server) for release in RELEASES for server in standing_on(release)]


@pytest.mark.parametrize("release", RELEASES)
def test_every_job_at_every_server_is_read_by_a_person(release: str) -> None:
    assert [(one.server, one.job) for one in rights(release)] == [
        (server, job) for server in standing_on(release) for job in JOBS
    ]


@pytest.mark.parametrize(("release", "server"), EVERY)
def test_every_answer_of_the_program_was_right(release: str, server: str) -> None:
    stored = kept(release, server)
    right = [one for one in rights(release) if one.server == server]
    found = {one.job: wrong(stored[one.job], one) for one in right}
    assert not any(found.values()), found


@pytest.mark.parametrize(("release", "server"), EVERY)
def test_an_answer_names_no_machine(release: str, server: str) -> None:
    text = "".join(answer.text for answer in kept(release, server).values())
    assert not any(word in text for word in ("127.0.0.", "lab.test", "/tmp/", "/root/"))


def test_a_reading_wants_an_exit_code_and_words() -> None:
    right = Right("exim", "send", "0", "accepted|queued;alice;!refused")
    assert not wrong(Answer(0, "accepted: alice"), right)
    assert wrong(Answer(1, "accepted: alice"), right) == ["exit 1, not 0"]
    assert wrong(Answer(0, "refused: bob"), right) == [
        "lacks accepted|queued",
        "lacks alice",
        "has refused",
    ]
