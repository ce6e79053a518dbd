from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

from smtpprobe.net import hostname, system_names
from smtpprobe.net.system_names import system_addresses

if TYPE_CHECKING:
    import pytest


async def test_addresses_come_in_order_each_once() -> None:
    assert "127.0.0.1" in await system_addresses("localhost", 4)
    assert await system_addresses("127.0.0.9") == ("127.0.0.9",)
    assert await system_addresses("no such name.invalid") == ()


def test_a_question_that_is_never_answered_does_not_keep_the_program_from_ending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    never = threading.Event()
    ended = threading.Event()

    def ask(*_: object, **__: object) -> list[object]:
        never.wait(30)
        ended.set()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    monkeypatch.setattr(system_names, "SYSTEM_SECONDS", 0.05)
    assert asyncio.run(system_addresses("slow.example")) == ()
    assert not ended.is_set()
    never.set()
    assert ended.wait(5)


def test_a_name_of_our_own_as_long_as_a_kernel_allows_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longest, broken = "a" * 64, list[object]()
    monkeypatch.setattr(socket, "gethostname", lambda: longest)
    monkeypatch.setattr(threading, "excepthook", broken.append)
    monkeypatch.setattr(hostname, "PATIENCE", 60.0)
    assert hostname.client_name() == longest
    assert broken == []
