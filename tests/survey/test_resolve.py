"""What DNS says of a part of the list: hosts that it shares with earlier parts are known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from smtpprobe.errors import LookupFailed
from smtpprobe.survey.jobs import loop
from smtpprobe.survey.jobs.resolve import Entry, Found, resolve
from smtpprobe.survey.options import Options
from tests.servers.dns_zone import NameServer
from tests.survey.test_stages import ServeDns, options

pytestmark = pytest.mark.real_time

ZONE = """
a MX 10 mx
b MX 10 mx
c MX 10 short
d MX 10 short
mx A 127.0.2.1
short 0 A 127.0.3.1
"""


@pytest.fixture
def names(serve_dns: ServeDns) -> NameServer:
    return serve_dns({"lab.test": ZONE})


def part(how: Options, *hosts: str) -> Found:
    """Look up a part of the list, as a worker does."""
    entries = [Entry(number, f"{name}.lab.test") for number, name in enumerate(hosts, 1)]
    return loop.run(resolve(entries, how))


def asked(names: NameServer, host: str) -> int:
    """Return how often a host's address was asked for."""
    return [(each.name, each.kind) for each in names.questions].count((f"{host}.lab.test", "A"))


def test_a_host_of_two_parts_is_asked_for_once(names: NameServer) -> None:
    how = options(names, 25)
    with ThreadPoolExecutor(1) as worker:
        first, second = (worker.submit(part, how, host).result() for host in "ab")
    assert asked(names, "mx") == 1
    [one], [other] = first.entries, second.entries
    assert one.facts is not None
    assert other.facts is not None
    assert other.facts.hosts == one.facts.hosts
    assert other.places == one.places
    assert second.questions < first.questions


def test_what_is_said_of_the_resolver_is_kept_where_all_answers_are_known(
    names: NameServer,
) -> None:
    how = options(names, 25)
    with ThreadPoolExecutor(1) as worker:
        first, second = (worker.submit(part, how, "a").result() for _ in range(2))
    assert second.questions == 0
    [one], [other] = first.entries, second.entries
    assert one.facts is not None
    assert other.facts is not None
    assert other.facts.resolver == one.facts.resolver


def test_an_answer_is_not_used_once_it_has_ended(
    names: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.starttls.collect.shared.DNS_SECONDS", (0.0, 3600.0))
    how = options(names, 25)
    with ThreadPoolExecutor(1) as worker:
        for host in "cd":
            worker.submit(part, how, host).result()
    assert asked(names, "short") == 2


def test_another_survey_asks_anew(names: NameServer) -> None:
    how = options(names, 25)
    later = replace(how, day=how.day + timedelta(seconds=1))
    part(how, "a")
    part(later, "a")
    assert asked(names, "mx") == 2


def test_jobs_that_run_side_by_side_ask_for_a_host_once_and_count_each_question_once(
    names: NameServer,
) -> None:
    how = options(names, 25)
    with ThreadPoolExecutor(4) as worker:
        found = list(worker.map(lambda host: part(how, host), "abab"))
    assert asked(names, "mx") == 1
    later = replace(how, day=how.day + timedelta(seconds=1))
    in_turn = [part(later, host) for host in "abab"]
    assert sum(each.questions for each in found) == sum(each.questions for each in in_turn)


def test_two_surveys_at_a_time_have_their_own_answers(names: NameServer) -> None:
    how = options(names, 25)
    other = replace(how, day=how.day + timedelta(seconds=1))
    with ThreadPoolExecutor(4) as worker:
        found = list(worker.map(lambda each: part(each, "a"), [how, other, how, other]))
    assert asked(names, "mx") >= 2
    assert all(each.entries[0].facts and each.entries[0].facts.hosts for each in found)


def test_threads_of_one_worker_look_up_at_the_same_time(names: NameServer) -> None:
    how = options(names, 25)
    with ThreadPoolExecutor(3) as worker:
        found = list(worker.map(lambda host: part(how, host), "abcdabcdabcd"))
    assert all(each.entries[0].facts and each.entries[0].facts.hosts for each in found)


def test_that_nobody_answers_is_told_each_time(names: NameServer) -> None:
    """An answer of the first time, kept for a second, would hide it."""
    how = options(names, 25)
    nobody = replace(how, gathering=replace(how.gathering, resolver="127.0.0.1:1"))
    with ThreadPoolExecutor(1) as worker:
        for _ in range(2):
            with pytest.raises(LookupFailed):
                worker.submit(part, nobody, "a").result()
