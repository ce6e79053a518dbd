"""Fixtures of every test: the real servers. A test that asks for one is marked `servers`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import lab
from tests.servers import postfix as postfix_lab

SERVER_FIXTURES = frozenset({"postfix"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a real server, so that `-m "not servers"` leaves it out."""
    for item in items:
        if SERVER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.servers)


@pytest.fixture(scope="session")
def postfix() -> Iterator[postfix_lab.Postfix]:
    """A real Postfix on loopback; `postfix.ports` has a port for each way it can behave."""
    with postfix_lab.running(lab.required("postfix")) as server:
        yield server
