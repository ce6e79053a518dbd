"""What the system says about a connection, in words."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl

import pytest

from smtpprobe.net.os_errors import FAILURES, NOT_THERE, errno_text, loss_reason
from smtpprobe.net.thread import in_thread
from smtpprobe.protocol.attempts import Outcome


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, ""),
        (ConnectionResetError(errno.ECONNRESET, "x"), "connection reset"),
        (BrokenPipeError(errno.EPIPE, "x"), "broken pipe"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
         "name or service not known"),
        (OSError(errno.ENETDOWN, "x"), errno_text(errno.ENETDOWN)),
        (OSError("odd"), "odd"),
        (ValueError("odder"), "odder"),
    ],
)  # fmt: skip
def test_why_a_connection_was_lost_is_told_in_a_few_words(
    error: BaseException | None, reason: str
) -> None:
    assert loss_reason(error) == reason


def test_an_error_of_tls_is_told_as_one() -> None:
    told = loss_reason(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"))
    assert told
    assert "_ssl.c" not in told


def test_the_systems_words_begin_in_lower_case() -> None:
    for number in FAILURES:
        assert errno_text(number)[0].islower()
        assert errno_text(number)[1:]


def test_a_number_says_that_nobody_is_there_where_nothing_answered() -> None:
    assert {FAILURES[number].outcome for number in NOT_THERE} == {
        Outcome.REFUSED, Outcome.UNREACHABLE,
    }  # fmt: skip
    assert errno.ETIMEDOUT not in NOT_THERE


@pytest.mark.real_time
async def test_what_is_done_in_a_thread_ends_as_it_would_have_here() -> None:
    assert await in_thread(lambda: 4) == 4
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)


@pytest.mark.real_time
async def test_a_thread_that_nobody_waits_for_any_more_ends_quietly() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work() -> int:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return 4

    waiting = asyncio.ensure_future(in_thread(work))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    await asyncio.sleep(0.05)
