"""An inbox waits as asyncio does: until something comes, until time is up, or until cancelled."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.events import By, Closed, Event, Received
from smtpprobe.protocol.reply import ReplyParser, parse_reply
from smtpprobe.script.runner.waits.inbox import ROOM, Inbox


class Pausing(Client):
    """A client without a connection, to which things happen all the same."""

    def __init__(self) -> None:
        super().__init__(ConnectOptions())
        self.heard: list[str] = []

    def happens(self, event: Event) -> None:
        self._emit(event)

    def pause(self) -> None:
        self.heard.append("pause")

    def resume(self) -> None:
        self.heard.append("resume")


def reply(text: str = "250 ok") -> Received:
    return Received(0.0, parse_reply(text.encode() + b"\r\n"))


def piece() -> Received:
    return Received(0.0, ReplyParser(8).feed(b"250-one\r\n250-two\r\n")[0])


def later(seconds: float, client: Pausing, event: Event) -> None:
    asyncio.get_running_loop().call_later(seconds, client.happens, event)


async def test_a_wait_ends_with_the_reply_or_with_its_time() -> None:
    client = Pausing()
    inbox, clock = Inbox(client), asyncio.get_running_loop().time
    began = clock()
    later(3, client, reply())
    assert await inbox.peek(5) is not None
    assert clock() - began == pytest.approx(3, abs=0.1)
    inbox.pop()
    assert await inbox.peek(5) is None
    assert clock() - began == pytest.approx(8, abs=0.1)


async def test_what_comes_as_time_runs_out_has_come() -> None:
    client = Pausing()
    inbox = Inbox(client)
    later(5, client, reply())
    assert await inbox.peek(5) is not None


async def test_without_a_limit_it_waits_for_as_long_as_it_takes() -> None:
    client = Pausing()
    inbox = Inbox(client)
    later(1e6, client, Closed(0.0, By.THEM, "reset"))
    found = await inbox.peek(None)
    assert found is not None
    assert inbox.close_reason == "reset"


async def test_a_wait_that_is_cancelled_takes_nothing_away() -> None:
    client = Pausing()
    inbox = Inbox(client)
    waiting = asyncio.ensure_future(inbox.peek(30))
    await asyncio.sleep(0)
    client.happens(reply())
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len(inbox.arrived) == 1


async def test_what_happened_between_two_looks_ends_the_next_wait_at_once() -> None:
    client = Pausing()
    inbox, clock = Inbox(client), asyncio.get_running_loop().time
    client.happens(reply())
    began = clock()
    assert await inbox.stirred(began + 5)
    assert clock() == began
    assert not await inbox.stirred(began + 5)


async def test_a_line_of_a_reply_that_goes_on_stirs() -> None:
    client = Pausing()
    inbox = Inbox(client)
    asyncio.get_running_loop().call_later(1, client._lines_came)
    assert await inbox.stirred(asyncio.get_running_loop().time() + 5)


async def test_a_peek_passes_over_pieces_and_leaves_the_reply() -> None:
    client = Pausing()
    inbox = Inbox(client)
    for event in (piece(), piece(), reply()):
        client.happens(event)
    found = await inbox.peek(5)
    assert found is not None
    assert list(inbox.arrived) == [found]


async def test_pieces_without_end_are_given_up_when_time_is_up() -> None:
    client = Pausing()
    inbox, loop = Inbox(client), asyncio.get_running_loop()

    def flood() -> None:
        client.happens(piece())
        loop.call_later(0.5, flood)

    flood()
    assert await inbox.peek(5) is None


async def test_a_full_inbox_has_the_server_wait_until_there_is_room() -> None:
    client = Pausing()
    inbox = Inbox(client)
    for _ in range(ROOM + 2):
        client.happens(reply())
    assert client.heard == ["pause"]
    for _ in range(3):
        inbox.pop()
    assert client.heard == ["pause", "resume"]
