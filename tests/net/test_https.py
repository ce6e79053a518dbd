"""The policy fetch in counted time, over a network that is made up: bounds, words, giving up."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from smtpprobe.net.sts_policy import Place, fetch_policy
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch
from smtpprobe.sandbox.faults import (
    Drip,
    Flood,
    Hang,
    Hear,
    Reset,
    Say,
    Script,
    StartTls,
    Step,
    Talk,
)
from smtpprobe.sandbox.network import Where, network
from tests.net.stage import server_side, trusted_file

HOST, HERE, ELSEWHERE = "mta-sts.example.org", "192.0.2.1", "192.0.2.2"
POLICY = b"version: STSv1\nmode: none\nmax_age: 1\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
TO_THE_END = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
ASKED = (StartTls(server_side(HOST)), Hear(b"Accept-Encoding"), Hear(b"\r\n"))
WHOLE = Say(OK % (len(POLICY), POLICY))


async def over(
    places: Mapping[Where, Script | int], folder: Path, *addresses: str, limit: float = 5.0
) -> PolicyFetch:
    async with network(places) as made:
        place = Place(HOST, addresses or (HERE,))
        return await fetch_policy(place, trusted_file(folder), limit, made)


def answering(*steps: Step) -> dict[Where, Script | int]:
    return {(HERE, 443): [*ASKED, *steps, Hang()]}


async def test_the_request_is_for_the_policy_of_the_host_and_asks_for_no_encoding(
    tmp_path: Path,
) -> None:
    async with network(answering(WHOLE)) as made:
        await fetch_policy(Place(HOST, (HERE,)), trusted_file(tmp_path), 5.0, made)
        (server,) = made.servers
        lines = [line.lower() for line in server.heard]
    assert lines[0] == b"get /.well-known/mta-sts.txt http/1.1\r\n"
    assert b"host: mta-sts.example.org\r\n" in lines
    assert b"accept-encoding: identity\r\n" in lines


async def test_answers_before_the_answer_are_passed_over(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    found = await over(answering(Say(early), WHOLE), tmp_path)
    assert (found.end, found.http_status, found.body) == (FetchEnd.ANSWERED, 200, POLICY)


async def test_answers_before_the_answer_are_no_way_to_go_on_for_ever(tmp_path: Path) -> None:
    found = await over(answering(Flood(b"HTTP/1.1 100 Continue\r\n\r\n")), tmp_path)
    assert (found.end, found.reason) == (
        FetchEnd.BROKEN,
        "20 answers of 1xx, and none that counts",
    )


@pytest.mark.parametrize(
    "step", [Drip(TO_THE_END + POLICY * 100, 0.05), Hang()], ids=["octet by octet", "silent"]
)
async def test_what_never_ends_is_given_up_at_the_limit(step: Step, tmp_path: Path) -> None:
    found = await over(answering(step), tmp_path, limit=0.5)
    assert (found.end, found.reason) == (FetchEnd.TIMEOUT, "within 0.5s")


async def test_a_body_of_tiny_chunks_is_bounded_like_any_other(tmp_path: Path) -> None:
    found = await over(answering(Say(CHUNKED), Flood(b"1\r\nx\r\n")), tmp_path, limit=60)
    assert (len(found.body), found.truncated) == (65536, True)


async def test_a_chunk_whose_line_never_ends_is_no_policy(tmp_path: Path) -> None:
    found = await over(answering(Say(CHUNKED + b"1;"), Flood(b"y")), tmp_path)
    assert (found.end, found.reason) == (FetchEnd.CUT, "before the last chunk")


async def test_a_body_that_a_reset_ends_is_whole_for_nobody(tmp_path: Path) -> None:
    script = [*ASKED, Say(TO_THE_END + POLICY), Reset()]
    found = await over({(HERE, 443): script}, tmp_path)
    assert (found.end, found.open_ended) == (FetchEnd.ANSWERED, True)
    script = [*ASKED, Say(OK % (1000, POLICY)), Reset()]
    found = await over({(HERE, 443): script}, tmp_path)
    assert (found.end, found.reason) == (FetchEnd.CUT, f"after {len(POLICY)} of 1000 octets")


async def test_what_is_no_answer_of_200_is_told_even_where_its_body_breaks_off(
    tmp_path: Path,
) -> None:
    reply = b"HTTP/1.1 404 Not Found\r\nContent-Length: 1000\r\n\r\nno"
    found = await over({(HERE, 443): [*ASKED, Say(reply)]}, tmp_path)
    assert (found.end, found.http_status) == (FetchEnd.ANSWERED, 404)


@pytest.mark.parametrize(
    ("number", "end", "reason"),
    [
        (errno.ECONNREFUSED, FetchEnd.REFUSED, ""),
        (errno.EHOSTUNREACH, FetchEnd.UNREACHABLE, "no route to this host"),
        (errno.ETIMEDOUT, FetchEnd.TIMEOUT, "the system timed out"),
    ],
)
async def test_who_is_not_reached_is_told_in_the_words_of_any_connection_and_the_next_is_tried(
    number: int, end: FetchEnd, reason: str, tmp_path: Path
) -> None:
    found = await over({(HERE, 443): number}, tmp_path)
    assert (found.end, found.reason) == (end, reason)
    found = await over({(ELSEWHERE, 443): number, **answering(WHOLE)}, tmp_path, ELSEWHERE, HERE)
    assert found.end is FetchEnd.ANSWERED


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (b"SSH-2.0-x\r\n", "not HTTP: SSH-2.0-x"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000, "a header of more than 64 KiB"),
        (b"", "closed before an answer"),
        (b"\r\n", "closed before an answer"),
    ],
    ids=["ssh", "header", "nothing", "blank"],
)
async def test_what_is_no_answer_is_said_to_be_what_it_is(
    reply: bytes, reason: str, tmp_path: Path
) -> None:
    found = await over({(HERE, 443): [*ASKED, Say(reply)]}, tmp_path)
    assert (found.end, found.reason) == (FetchEnd.BROKEN, reason)


@dataclass(frozen=True, slots=True)
class Reached(Step):
    """Tells that the steps before it are done."""

    event: asyncio.Event

    async def play(self, talk: Talk) -> None:  # noqa: ARG002 - every step has it
        self.event.set()


STAGES: dict[str, list[Step]] = {
    "handshake": [],
    "answer": [*ASKED],
    "body": [*ASKED, Say(OK % (1000, POLICY))],
}


@pytest.mark.parametrize("stage", STAGES)
async def test_who_gives_up_ends_the_connection_at_once(stage: str, tmp_path: Path) -> None:
    reached = asyncio.Event()
    async with network({(HERE, 443): [*STAGES[stage], Reached(reached), Hang()]}) as made:
        fetch = fetch_policy(Place(HOST, (HERE,)), trusted_file(tmp_path), 60.0, made)
        fetching = asyncio.ensure_future(fetch)
        await reached.wait()
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
        began = asyncio.get_running_loop().time()
        await asyncio.wait(made.conversations)
        assert asyncio.get_running_loop().time() - began < 1
