"""A flood of replies that nobody asked for is a few lines and one count, whatever shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smtpprobe.present.flood import MOMENT, SHOWN, SHOWN_AFTER_QUIT
from smtpprobe.present.session import SessionView
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import By, Closed, Event, Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, advance
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.faults import Close, Hear, Say
from smtpprobe.script.results.results import FEW_UNREAD, unread_notes
from tests.repl.stage import EHLO, ENTER, GREETING, staged

QUIT = Sent(1.0, read_line("QUIT", Phase.READY))
CLOSED = Closed(9.0, By.THEM)


def got(text: str, at: float) -> Received:
    return Received(at, parse_reply(f"{text}\r\n".encode()))


def flood(count: int, begins: float = 2.0, apart: float = 0.001) -> list[Event]:
    return [got(f"250 more {n}", begins + n * apart) for n in range(count)]


def happenings(events: list[Event]) -> Iterator[Happening]:
    target = parse_target("127.0.0.1:25")
    state = START
    here, there = "127.0.0.1:9", "127.0.0.1:25"
    opened = Opened(0.0, target, "127.0.0.1", 25, there, here, client="me.example")
    for event in [opened, got("220 mx ESMTP", 0.5), *events]:
        before = state
        state, exchange = advance(state, event)
        yield Happening(event, before, state, exchange)


def shown_of(events: list[Event], *, folds: bool = True) -> list[str]:
    view = SessionView(folds=folds)
    return [
        "".join(span.text for span in line)
        for happening in happenings(events)
        for line in view.lines(happening)
    ]


@pytest.mark.parametrize("count", [SHOWN_AFTER_QUIT + 1, 1000])
def test_of_a_flood_after_quit_the_first_are_shown_and_the_others_counted_once(count: int) -> None:
    told = shown_of([QUIT, got("221 bye", 1.5), *flood(count), CLOSED])
    assert sum(line.startswith("250 more") for line in told) == SHOWN_AFTER_QUIT
    counts = [line for line in told if "more unsolicited repl" in line]
    more = count - SHOWN_AFTER_QUIT
    many = f"{more:,} more unsolicited replies" if more > 1 else "1 more unsolicited reply"
    assert counts == [f"# {many}, the last: 250 more {count - 1}"]
    assert told.index(counts[0]) == len(told) - len(shown_of([CLOSED])[-1:]) - 1


def test_as_many_as_are_shown_are_no_flood() -> None:
    told = shown_of([QUIT, got("221 bye", 1.5), *flood(SHOWN_AFTER_QUIT), CLOSED])
    assert not [line for line in told if "more unsolicited repl" in line]


def test_replies_that_come_now_and_then_are_all_shown() -> None:
    told = shown_of([*flood(20, apart=MOMENT * 2), CLOSED])
    assert sum(line.startswith("250 more") for line in told) == 20


def test_each_flood_has_its_count_and_the_next_send_ends_it() -> None:
    noop = Sent(5.0, read_line("NOOP", Phase.READY))
    told = shown_of([*flood(SHOWN + 7), noop, got("250 ok", 5.1), *flood(SHOWN + 17, 5.2), CLOSED])
    counts = [line for line in told if "more unsolicited repl" in line]
    assert [count.split()[1] for count in counts] == ["7", "17"]


def test_what_is_kept_and_not_looked_at_is_never_folded() -> None:
    told = shown_of([*flood(50), CLOSED], folds=False)
    assert sum(line.startswith("250 more") for line in told) == 50


def test_replies_nobody_looked_at_are_one_note_where_they_are_many() -> None:
    few = [f"250 {n}" for n in range(FEW_UNREAD)]
    assert unread_notes(few) == [f"reply not checked: {text}" for text in few]
    assert unread_notes(["250 a"] * 211) == ["211 replies were not checked, the first: 250 a"]
    assert unread_notes(["250 a", *few]) == [
        "4 replies were not checked, the first: 250 a, the last: 250 2"
    ]
    assert unread_notes([]) == []


async def test_the_prompt_counts_a_flood_after_quit() -> None:
    end = (Hear(b"QUIT"), Say(b"221 bye\r\n" + b"250 more\r\n" * 500), Close())
    async with staged((GREETING, *EHLO, *end)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("QUIT", ENTER)
        await stage.until("# 497 more unsolicited replies, the last: 250 more")
        assert stage.text.count("\n250 more") == SHOWN_AFTER_QUIT
