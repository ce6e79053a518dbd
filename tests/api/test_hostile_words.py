"""What a server says, in the errors of the Python interface and beside its replies."""

from __future__ import annotations

import pytest

import smtpprobe
from smtpprobe.sandbox.faults import Hang, Hear, Say, serve

GREETING = Say(b"220 x\r\n")


async def test_no_error_has_control_octets_in_its_message() -> None:
    refusal = Say(b"454 4.7.0 \x1b]0;owned\x07\x9b2J no\r\n")
    async with (
        serve([GREETING, Hear(), refusal, Hang()]) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}") as session,
    ):
        with pytest.raises(smtpprobe.HandshakeFailed) as failed:
            await session.starttls()
    assert str(failed.value).isprintable()
    assert r"\x1b]0;owned\x07" in str(failed.value)


async def test_replies_that_nobody_asked_for_are_told() -> None:
    steps = [
        *(Say(b"220 x\r\n554 no\r\n"), Hear(), Say(b"250 ok\r\n550 taken back\r\n")),
        *(Hear(b"QUIT"), Say(b"221 bye\r\n")),
    ]
    async with (
        serve(steps) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}", timeout=5) as session,
    ):
        await session.command("NOOP")
        assert [reply.code for reply in session.unasked] == [554, 550]


async def test_a_server_in_order_has_none() -> None:
    steps = [GREETING, Hear(), Say(b"250 ok\r\n"), Hear(b"QUIT"), Say(b"221 bye\r\n")]
    async with (
        serve(steps) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}") as session,
    ):
        await session.command("NOOP")
    assert session.unasked == ()
