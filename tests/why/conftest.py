"""The lab of worlds, built once, and the worlds that the chosen tests are about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.why.lab.running import Lab, running
from tests.why.worlds import World


@pytest.fixture(scope="session")
def why_lab() -> Iterator[Lab]:
    """Every world of `worlds.toml`, in a network of its own."""
    with running() as lab:
        yield lab


@pytest.fixture(scope="session")
def asked_worlds(request: pytest.FixtureRequest) -> list[str]:
    """Return the ids of the worlds that the chosen tests are about."""
    calls = (getattr(item, "callspec", None) for item in request.session.items)
    chosen = (call.params.get("world") for call in calls if call)
    return list(dict.fromkeys(world.id for world in chosen if isinstance(world, World)))
