"""One progress line for scripts, checks of STARTTLS and long readings: at a terminal, and gone."""

from __future__ import annotations

import asyncio
import fcntl
import io
import os
import struct
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.progress_line import ERASE, EVERY, Done, Progress, ProgressLine
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hear, Pause, Say
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.reports.formats import Show
from tests.script.runs import GREETING, host


class Terminal(io.StringIO):
    """A stream that a terminal looks at; `seen` is what its line holds."""

    def isatty(self) -> bool:
        return True

    @property
    def seen(self) -> str:
        return self.getvalue().rpartition("\n")[2].rpartition(ERASE)[2]

    @property
    def drawn(self) -> list[str]:
        return self.getvalue().split(ERASE)[1:]


@contextmanager
def window(columns: int) -> Iterator[tuple[TextIO, int]]:
    """Open a terminal of so many columns; give its program's side and the reader's."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with open(theirs, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        yield stream, ours
    os.close(ours)


def arrived(reader: int, text: str) -> bool:
    """Tell whether a terminal got this text: no more can come than is written by now."""
    octets = b""
    while len(octets) < len(text.encode()):
        octets += os.read(reader, 4096)
    return octets.decode() == text


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("x" * 40, "x" * 19),
        ("\u6f22" * 20, "\u6f22" * 9),
    ],
)
def test_a_line_never_reaches_the_last_column(text: str, shown: str) -> None:
    with window(20) as (stream, reader):
        line = ProgressLine(stream=stream)
        line.show(text)
        line.clear()
        assert arrived(reader, f"{ERASE}{shown}{ERASE}")


def test_a_terminal_that_does_not_know_its_size_has_the_usual_one() -> None:
    with window(0) as (stream, reader):
        ProgressLine(stream=stream).show("x" * 100)
        assert arrived(reader, f"{ERASE}{'x' * 79}")


def test_what_was_not_drawn_is_not_erased() -> None:
    terminal = Terminal()
    line = ProgressLine(stream=terminal)
    line.clear()
    line.show("12 of 40")
    line.clear()
    line.clear()
    assert terminal.getvalue() == f"{ERASE}12 of 40{ERASE}"


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_nothing_is_drawn_where_nobody_looks_on(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    stream = Terminal() if term == "dumb" else io.StringIO()
    for line in (ProgressLine(stream=stream), ProgressLine(stream=Terminal(), wanted=False)):
        line.show("12 of 40")
        line.clear()
        assert not line.is_shown
    assert stream.getvalue() == ""


def test_a_terminal_that_has_gone_ends_nothing() -> None:
    class Gone(Terminal):
        def write(self, _text: str) -> int:
            raise OSError(5, "Input/output error")

    line = ProgressLine(stream=Gone())
    line.show("12 of 40")
    line.clear()
    assert not line.is_shown


@pytest.mark.parametrize(
    ("done", "rate", "text"),
    [
        (Done(0, 40, {}), 0.0, "[....................] 0/40  0.0/s  -:-- left  "),
        (Done(10, 40, {"ok": 9, "failed": 1}), 0.5,
         "[#####...............] 10/40  0.5/s  1:00 left  ok 9  failed 1"),
        (Done(0, 0, {}), 0.0, "[####################] 0/0  0.0/s  -:-- left  "),
        (Done(7, None, {"ok": 7}), 3.5, "7 checked  3.5/s  ok 7"),
    ],
)  # fmt: skip
def test_the_line_says_how_far_it_is(done: Done, rate: float, text: str) -> None:
    assert done.text(rate) == text


async def test_what_is_over_at_once_draws_nothing() -> None:
    terminal = Terminal()
    async with Progress(lambda: Done(1, 2, {}), ProgressLine(stream=terminal)):
        await asyncio.sleep(EVERY / 2)
    assert terminal.getvalue() == ""


async def test_elsewhere_a_line_now_and_then_is_written_where_that_is_wished(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ProgressLine()
    async with Progress(lambda: Done(3, None, {"ok": 3}), line, log_every=30.0):
        await asyncio.sleep(65.0)
    assert len(capsys.readouterr().err.splitlines()) == 2
    async with Progress(lambda: Done(3, None, {"ok": 3}), line):
        await asyncio.sleep(65.0)
    assert capsys.readouterr().err == ""


async def test_an_interruption_takes_the_line_away() -> None:
    terminal = Terminal()

    async def work() -> None:
        async with Progress(lambda: Done(1, 2, {}), ProgressLine(stream=terminal)):
            await asyncio.sleep(60.0)

    working = asyncio.ensure_future(work())
    await asyncio.sleep(2 * EVERY)
    assert "1/2" in terminal.seen
    working.cancel()
    await asyncio.wait({working})
    assert terminal.seen == ""


# -- scripts

SLOW = [GREETING, Hear(b"NOOP"), Pause(2.0), Say(b"250 ok\r\n")]
BAD = [GREETING, Hear(b"NOOP"), Pause(2.0), Say(b"550 no\r\n")]


async def batch(folder: Path, out: io.StringIO, err: io.StringIO, show: Show | None = None) -> int:
    """Run two scripts of two seconds each, the first of which fails."""
    files = [folder / "a.smtp", folder / "b.smtp"]
    for file in files:
        file.write_text("NOOP\n< 250\n", encoding="ascii")
    connect = ConnectOptions(family=4)
    async with faults.serve(BAD, SLOW) as server:
        options = ScriptOptions("x", show=show)
        target = host(server.port)
        return await run_scripts(list(map(str, files)), target, connect, options, out=out, err=err)


async def test_scripts_tell_how_many_are_done_and_erase_it(tmp_path: Path) -> None:
    terminal = Terminal()
    assert await batch(tmp_path, terminal, terminal) == 1
    drawn = [text for text in terminal.drawn if text.startswith("[")]
    assert drawn[0].startswith("[....................] 0/2  0.0/s  -:-- left")
    assert any("] 1/2" in text and text.endswith("failed 1") for text in drawn)
    assert all("\n" not in text for text in drawn)
    plain = "".join(text for text in terminal.getvalue().split(ERASE) if text[:1] != "[")
    assert plain.startswith("fail: ")
    assert "] 1/2" not in plain


async def test_scripts_are_silent_where_nobody_looks_on(tmp_path: Path) -> None:
    out, err = Terminal(), io.StringIO()
    assert await batch(tmp_path, out, err) == 1
    assert err.getvalue() == ""
    assert ERASE not in out.getvalue()


async def test_a_dialogue_that_is_shown_needs_no_progress(tmp_path: Path) -> None:
    terminal = Terminal()
    assert await batch(tmp_path, terminal, terminal, show=Show.ALL) == 1
    assert ERASE not in terminal.getvalue()
