"""Why a server cannot listen is told by number, whatever asyncio makes of it."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest

from smtpprobe.sandbox.server import cannot_listen, listening

NO_FILE = OSError(errno.EMFILE, "Too many open files")


async def nowhere(error: OSError | None) -> asyncio.Server:
    """Open nothing, as Python up to 3.12 does in silence, and later ones with an error."""
    if error is not None:
        raise error
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    server.close()
    return server


@pytest.mark.parametrize("error", [None, OSError("could not bind on any address")])
async def test_a_limit_on_open_files_is_seen_behind_an_error_without_a_number(
    error: OSError | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = asyncio.ensure_future(nowhere(error))
    await asyncio.wait([opening])

    def full(*_: object) -> socket.socket:
        raise NO_FILE

    monkeypatch.setattr(socket, "socket", full)
    with pytest.raises(OSError, match="Too many open files") as caught:
        await listening(opening)
    assert "ulimit -n" in cannot_listen("127.0.0.1", 0, caught.value).hint


@pytest.mark.parametrize("error", [None, OSError("could not bind on any address")])
async def test_where_a_socket_can_be_opened_the_address_is_not_there(
    error: OSError | None,
) -> None:
    with pytest.raises(OSError, match="ddress") as caught:
        await listening(nowhere(error))
    assert caught.value.errno == errno.EADDRNOTAVAIL


async def test_an_error_with_a_number_is_told_as_it_is() -> None:
    with pytest.raises(OSError, match="in use") as caught:
        await listening(nowhere(OSError(errno.EADDRINUSE, "Address already in use")))
    hint = cannot_listen("127.0.0.1", 25, caught.value).hint
    assert hint == "port 0 takes any free one"
