"""What holds for any input: nothing raises, chunks do not matter, a template keeps its cause."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.explainer.cache import Meanings, known
from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.formats.session_log import SESSIONS, SessionLog
from smtpprobe.explainer.input import chunks
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.explainer.input.reader import Reading
from smtpprobe.explainer.parallel import tallies
from smtpprobe.explainer.report.json_csv import COLUMNS, csv_line, json_line
from smtpprobe.explainer.report.tally import Tally
from tests.explainer.test_formats import DATA, found_in
from tests.strict_json import strictly, texts_in

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
PIECES = [
    *(line for path in DATA.iterdir() for line in path.read_bytes().splitlines(keepends=True)),
    *(b"\n", b"\x00", b"\xff\xfe", b"550", b"550-", b"(", b")", b" status=", b" said: ", b"]"),
    *(b'{"v":1,"ev":"reply"}\n', b"# smtpprobe transcript 1\n", b"From x\n", b" reject: "),
]


class Dribble(io.RawIOBase):
    """A source that hands its octets out in portions of the given sizes, over and over."""

    def __init__(self, octets: bytes, sizes: list[int]) -> None:
        self._rest = octets
        self._sizes = sizes or [1]
        self._turn = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        size = min(self._sizes[self._turn % len(self._sizes)], len(buffer), len(self._rest))
        self._turn += 1
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def read(octets: bytes, sizes: list[int]) -> tuple[list[Found], list[tuple[int, str]]]:
    troubles: list[tuple[int, str]] = []
    stream = io.BufferedReader(Dribble(octets, sizes), 16)  # type: ignore[type-var]
    with mock.patch.object(chunks, "_opened", return_value=stream):
        reading = Reading("-", lambda line, what: troubles.append((line, what)))
        found = [one for group in reading.found() for one in group]
    return found, troubles


octets = st.one_of(
    st.binary(max_size=600), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)
)


@settings(deadline=None)
@given(octets)
def test_no_octets_raise_and_every_reply_found_is_explained_in_json_and_csv(data: bytes) -> None:
    found, _ = read(data, [4096])
    for one in found:
        annotation = explained(one)
        line = json_line(one, annotation, "x")
        assert line.isascii()
        assert not any(map(CONTROLS.search, texts_in(strictly(line))))
        row = csv_line(one, annotation, "x").encode()
        assert b"\x00" not in row
        assert len(next(csv.reader(io.StringIO(row.decode(), newline="")))) == len(COLUMNS)


@settings(deadline=None)
@given(octets, st.lists(st.integers(1, 97), max_size=5))
def test_it_never_matters_in_what_portions_an_input_comes(data: bytes, sizes: list[int]) -> None:
    if data[:2] in (b"\x1f\x8b", b"BZ", b"\xfd7"):
        return  # what a compressed file begins with has to come in one portion
    assert read(data, sizes) == read(data, [1 << 20])


@pytest.mark.parametrize("limit", [20, 64])
def test_a_long_line_is_cut_at_the_same_place_in_any_portions(limit: int) -> None:
    data = b"550 5.1.1 " + b"x" * 500 + b"\n550 5.7.1 y\n"
    with (
        mock.patch.object(chunks, "LINE_OCTETS", limit),
        mock.patch.object(chunks, "READ_OCTETS", limit),
    ):
        results = [read(data, sizes) for sizes in ([1], [7, 3], [1000])]
    assert results[0] == results[1] == results[2]
    found, troubles = results[0]
    assert [one.line for one in found] == [1, 2]
    assert [line for line, _ in troubles] == [1]


def test_a_reply_has_the_cause_of_every_other_of_its_template() -> None:
    for path in DATA.iterdir():
        for one in found_in(path):
            meanings = Meanings()
            other = one._replace(text=one.text.replace("gone@", "spam.blocked@"))
            meanings.of(other)
            alone = known(explained(one), one)
            assert meanings.of(one)[1:] == alone[1:], one.text


def test_a_log_counted_in_processes_side_by_side_gives_the_same_counts(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_bytes((DATA / "postfix.log").read_bytes() * 200)
    results = []
    for worth in (1, 1_000_000):
        with (
            mock.patch("smtpprobe.explainer.parallel.WORTH_IT", worth),
            mock.patch.object(chunks, "READ_OCTETS", 4096),
        ):
            reading = Reading(str(log), lambda *_: None)
            tally = Tally()
            for part in tallies(reading.chunks(), "x"):
                tally.merge(part)
            reading.close()
        results.append(tally)
    assert results[0] == results[1]
    assert results[0].replies == 12 * 200
    assert results[0].untold == 200
    assert results[0].lines == 22 * 200


def test_rare_hosts_beyond_the_table_are_counted_together() -> None:
    meanings = Meanings()
    tally = Tally()
    with mock.patch("smtpprobe.explainer.report.tally.HOSTS", 10):
        for number in range(100):
            for host in (f"rare{number}.example", "busy.example"):
                one = Found("550 5.1.1 no", None, host)
                tally.add(one, meanings.of(one), "x")
    assert len(tally.heard) <= 20
    assert tally.host("busy.example").refused == 100
    assert tally.refused.keys() <= tally.heard.keys()
    named = sum(host.replies for _, host in tally.busiest())
    assert named + tally.others == tally.replies == 200


def test_sessions_without_end_are_told_apart_in_bounded_memory() -> None:
    log = SessionLog()
    for number in range(5_000):
        line = f'"SMTPC"\t1\t{number}\t"x"\t"192.0.2.1"\t"RECEIVED: 250-{"x" * 100}"'
        log.read(line.encode(), number)
    assert len(log._sessions) <= SESSIONS
    assert len(log.close()) <= SESSIONS
    assert log.close() == []


HOSTILE = (
    b" ##" + b"x" * 60_000,
    b"host a[b] said: 550 " * 3000,
    b"host a" * 6000 + b" said:",
    b"<" * 30_000 + b" said: ",
    b"SMTP error from remote mail server after " * 7000,
    b"550-5.1.1 " * 5000,
    b"#550 " * 7000 + b" ##",
    b"a@" * 15_000 + b" smtp;",
    b" rejected RCPT <a" * 4000,
    b'rejected connection in "a' * 2500,
    b" == a" * 12_000 + b" defer (-18)",
    b" ** a@b A=b [c] H=d [e]" * 2600,
    b"authenticator failed for " * 2600 + b"]:",
    b' smtp failed-command command="' * 2000 + b' result="550 x"',
    b" mta error reason=AAAA rejected: " * 2000,
    b" stat=Deferred: 421 4.4.1 Connection " * 1600 + b" to=",
    b" status=deferred (" * 3500,
    b'"SMTPD"\t1\t2\t"x"\t"y"\t"SENT: ' + b"250-x[nl]" * 6000,
    b"[NOTICE] [FE40F9F5-09FB-49E9-BC44-604ED9C04CDD] [core] disconnect " + b' lr="5' * 9000,
    b"[NOTICE] [FE40F9F5-09FB-49E9-BC44-604ED9C04CDD] [core] recipient <a> " + b"a " * 16_000,
    b"[2026-11-30 07:00:28] DEBUG " + b"[a] " * 12_000,
    b"[A-] " * 12_000,
    b"2026-11-30 07:00:28\tSMTP ERROR: " + b" command failed: " * 3500,
    b"(#4.4.1) delivery 1: deferral: " * 2000,
)


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:12].decode())
@pytest.mark.parametrize("prefix", [b"", b"Nov 22 01:00:00 mx exim: "])
def test_a_hostile_line_costs_no_more_than_a_moment(line: bytes, prefix: bytes) -> None:
    started = time.process_time()
    read(prefix + line + b"\n", [1 << 20])
    assert time.process_time() - started < 2
