"""The lab of worlds, built once, and what is found out about them, once for all tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

import pytest

from tests.why.lab.running import Lab, running
from tests.why.worlds import World

MODULES: Final = {"seen": "tests.why.look", "answers": "tests.why.ask"}
"""What is run in the lab for a fixture."""


@pytest.fixture(scope="session")
def why_lab() -> Iterator[Lab]:
    """Every world of `worlds.toml`, in a network of its own."""
    with running() as lab:
        yield lab


def chosen(items: list[pytest.Item], fixture: str) -> list[str]:
    """Return the ids of the worlds that tests with a fixture are about."""
    those = [item for item in items if fixture in getattr(item, "fixturenames", ())]
    calls = (getattr(item, "callspec", None) for item in those)
    worlds = (call.params.get("world") for call in calls if call)
    return list(dict.fromkeys(world.id for world in worlds if isinstance(world, World)))


@pytest.fixture(scope="session")
def finding(
    why_lab: Lab, request: pytest.FixtureRequest
) -> Iterator[Mapping[str, Future[dict[str, Any]]]]:
    """What the chosen tests need, by fixture: all of it is found out at the same time."""
    with ThreadPoolExecutor() as pool:
        yield {
            fixture: pool.submit(why_lab.run, module, *ids)
            for fixture, module in MODULES.items()
            if (ids := chosen(request.session.items, fixture))
        }


@pytest.fixture(scope="session")
def seen(finding: Mapping[str, Future[dict[str, Any]]]) -> dict[str, list[str]]:
    """What a plain client sees of the worlds, by id."""
    return finding["seen"].result()


@pytest.fixture(scope="session")
def answers(finding: Mapping[str, Future[dict[str, Any]]]) -> dict[str, Any]:
    """What `smtpprobe why` says of the worlds, by id: see `ask.py`."""
    return finding["answers"].result()
