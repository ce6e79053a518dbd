"""One connection of the sandbox whose transport is gone."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from smtpprobe.cli.launch import practice
from smtpprobe.sandbox.connection import Connection
from smtpprobe.sandbox.notices import ignore
from smtpprobe.sandbox.practice.state import Service
from smtpprobe.sandbox.practice_server import PracticeServer


class TlsTransport(asyncio.Transport):
    """Behaves as that of asyncio for TLS: closed for a second time, it can do nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = 0
        self.written = b""

    def is_closing(self) -> bool:
        return self.closed > 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self.closed > 1:
            raise AttributeError("'NoneType' object has no attribute '_write_appdata'")
        self.written += bytes(data)

    def close(self) -> None:
        self.closed += 1

    def abort(self) -> None:
        self.closed = max(1, self.closed)

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        if self.closed > 1:
            raise AttributeError("'NoneType' object has no attribute '_resume_reading'")


@pytest.mark.parametrize("client_closes", [True, False])
async def test_no_farewell_is_said_where_the_connection_is_closing(*, client_closes: bool) -> None:
    server = PracticeServer()
    transport = TlsTransport()
    connection = Connection(
        1,
        handler=server.handler(Service.SMTP),
        context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        idle_seconds=60,
        on_note=ignore,
        on_made=lambda _: None,
    )
    connection.connection_made(transport)
    session = asyncio.ensure_future(connection.run())
    await asyncio.sleep(0.1)
    greeting = transport.written
    assert greeting.startswith(b"220 ")
    if client_closes:
        transport.close()
        connection.eof_received()
        await asyncio.sleep(0.1)
    session.cancel()
    with pytest.raises(asyncio.CancelledError):
        await session
    assert transport.closed == 1
    assert (transport.written == greeting) is client_closes


async def test_a_fault_of_the_practice_server_does_not_replace_the_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Connection.run

    async def failing(connection: Connection) -> None:
        await run(connection)
        raise AttributeError("on purpose")

    monkeypatch.setattr(Connection, "run", failing)
    async with practice(wanted=True) as server:
        assert server is not None
        _, writer = await asyncio.open_connection(server.host, server.port)
        writer.close()
        await asyncio.sleep(1)
    told = capsys.readouterr().err
    assert told == "smtpprobe: warning: the practice server failed: AttributeError: on purpose\n"


async def test_an_error_of_what_the_practice_server_serves_is_raised() -> None:
    with pytest.raises(ValueError, match="mine"):
        async with practice(wanted=True):
            raise ValueError("mine")
