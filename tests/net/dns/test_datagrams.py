"""Sockets of questions: bounded waits, closed ports learned of, nothing left open."""

from __future__ import annotations

import socket

import dns.exception
import pytest

from smtpprobe.net.dns.datagrams import Connected, Datagrams


async def made(server: tuple[str, int]) -> Datagrams:
    found = await Connected().make_socket(socket.AF_INET, socket.SOCK_DGRAM, 0, None, server)
    assert isinstance(found, Datagrams)
    return found


@pytest.mark.real_time
async def test_a_datagram_goes_out_and_its_answer_comes_from_the_server() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        async with await made(server.getsockname()) as asking:
            assert await asking.sendto(b"question", None, 1) == 8
            _, client = server.recvfrom(100)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.sendto(b"forged", client)
            server.sendto(b"answer", client)
            assert await asking.recvfrom(65535, 60) == (b"answer", server.getsockname())


async def test_silence_is_told_when_its_time_is_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        async with await made(server.getsockname()) as asking:
            with pytest.raises(dns.exception.Timeout):
                await asking.recvfrom(65535, 2)


@pytest.mark.real_time
async def test_a_port_where_nobody_is_is_told_at_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        there = server.getsockname()
    async with await made(there) as asking:
        await asking.sendto(b"question", None, 1)
        with pytest.raises(ConnectionRefusedError):
            await asking.recvfrom(65535, 60)


async def test_an_address_that_leads_nowhere_leaves_no_socket_open() -> None:
    with pytest.raises(OSError, match=r"."):
        await made(("256.0.0.1", 53))
