"""The address from which packets leave."""

from __future__ import annotations

import pytest

from smtpprobe.net.own_address import own_address


def test_to_this_machine_itself_it_is_loopback() -> None:
    assert own_address("127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize("to", ["", "mx.example", "192.0.2.300", "fe80::1%nowhere"])
def test_where_there_is_no_way_there_is_no_address(to: str) -> None:
    assert own_address(to) == ""
