from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import (
    Close,
    Drip,
    Flood,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    StartTls,
    Step,
)


async def test_a_script_is_played_in_order_and_ends_with_an_orderly_close() -> None:
    script: list[Step] = [
        Say(b"220 hi\r\n"),
        Hear(b"EHLO"),
        Say(b"250-a\r\n25"),
        Pause(0.01),
        Say(b"0 b\r\n"),
    ]
    async with faults.serve(script) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        assert await reader.readline() == b"220 hi\r\n"
        writer.write(b"noop\r\nehlo me\r\n")
        assert await reader.read() == b"250-a\r\n250 b\r\n"
        writer.close()
        await writer.wait_closed()
        assert server.heard == [b"noop\r\n", b"ehlo me\r\n"]
        assert await server.until_heard(b"EHLO") == b"ehlo me\r\n"


async def test_each_client_gets_its_script_and_the_last_is_repeated() -> None:
    async with faults.serve([Say(b"1")], [Say(b"2"), Close(), Say(b"never")]) as server:
        said = []
        for _ in range(3):
            reader, writer = await asyncio.open_connection(server.host, server.port)
            said.append(await reader.read())
            writer.close()
            await writer.wait_closed()
        assert said == [b"1", b"2", b"2"]
        await server.until_connected(3)


async def test_a_reset_is_one() -> None:
    async with faults.serve([Hear(b""), Reset()]) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"x\r\n")
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


async def test_octets_drip_one_by_one_and_a_counted_flood_has_its_length() -> None:
    async with faults.serve([Drip(b"ab", 0.001), Flood(b"xyz", 50_000)]) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        assert await reader.readexactly(1) == b"a"
        assert await reader.readexactly(1) == b"b"
        assert await reader.read() == b"xyz" * 50_000
        writer.close()
        await writer.wait_closed()


async def test_a_server_that_hangs_or_floods_ends_with_its_block() -> None:
    async with faults.serve([Hang()], [Flood(b"x")]) as server:
        _, silent = await asyncio.open_connection(server.host, server.port)
        reader, loud = await asyncio.open_connection(server.host, server.port)
        assert await reader.readexactly(10) == b"x" * 10
    for writer in (silent, loud):
        writer.close()


async def test_tls_can_begin_anywhere_in_a_script() -> None:
    authority = trustme.CA()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server_side)
    client_side = ssl.create_default_context()
    authority.configure_trust(client_side)
    async with faults.serve([StartTls(server_side), Say(b"220 hi\r\n"), Hang()]) as server:
        reader, writer = await asyncio.open_connection(
            server.host, server.port, ssl=client_side, server_hostname="localhost"
        )
        assert await reader.readline() == b"220 hi\r\n"
        writer.close()
        await writer.wait_closed()


async def test_what_came_in_clear_before_a_handshake_is_heard_behind_it_in_order() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    script = [
        Hear(b"STARTTLS"),
        Say(b"220 go\r\n"),
        StartTls(context),
        Hear(b"END"),
        Say(b"250\r\n"),
    ]
    async with faults.serve(script) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"STARTTLS\r\nRSET\r\nNO")
        assert await reader.readline() == b"220 go\r\n"
        await writer.start_tls(ssl._create_unverified_context())
        writer.write(b"OP\r\nEND\r\n")
        assert await reader.readline() == b"250\r\n"
        writer.close()
        await writer.wait_closed()
    assert server.heard == [b"STARTTLS\r\n", b"RSET\r\n", b"NOOP\r\n", b"END\r\n"]


async def test_a_unix_socket_does_as_well(tmp_path: Path) -> None:
    async with faults.serve([Say(b"220 hi\r\n")], path=str(tmp_path / "lmtp")) as server:
        reader, writer = await asyncio.open_unix_connection(server.path)
        assert await reader.read() == b"220 hi\r\n"
        writer.close()
        await writer.wait_closed()


async def test_a_flood_inside_tls_ends_when_its_client_is_gone() -> None:
    over = asyncio.Event()

    class Told(Step):
        async def play(self, talk: faults.Talk) -> None:
            try:
                await Flood(b"x").play(talk)
            finally:
                over.set()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    anything = ssl._create_unverified_context()
    async with faults.serve([StartTls(context), Told()]) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port, ssl=anything)
        for _ in range(20):
            assert await reader.readexactly(10_000)
        writer.transport.abort()
        async with asyncio.timeout(30):
            await over.wait()
