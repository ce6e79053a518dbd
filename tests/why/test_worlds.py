"""Each world is broken the way its story tells, and `smtpprobe why` reaches its verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.why.judged import answer
from tests.why.worlds import World, read

WORLDS = read()

WHO = {"sender", "recipient", "network", "nobody", "unknown"}


def test_each_world_has_a_verdict_of_the_closed_words() -> None:
    assert len({world.id for world in WORLDS}) == len(WORLDS) >= 46
    for world in WORLDS:
        assert world.who in WHO, world.id
        assert world.exit in {0, 1, 4}, world.id
        assert world.cause not in world.wrong, world.id
        assert bool(world.log) == ("{log}" in world.asked), world.id
        assert bool(world.secret) == ("file:{secret}" in world.asked), world.id
        assert (world.who == "nobody") or world.exit, world.id


def test_in_six_worlds_the_words_alone_mislead() -> None:
    assert sum(world.by == "experiment" for world in WORLDS) >= 6


def test_the_accepted_worlds_are_at_least_four_well_ones_and_one_has_four_mx() -> None:
    well = [world for world in WORLDS if world.id.startswith("well")]
    assert len(well) >= 4
    assert {world.cause for world in well} == {"accepted"}
    assert "well-four-mx" in {world.id for world in well}


@pytest.mark.servers
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.id)
def test_a_plain_client_sees_what_the_story_of_the_world_tells(
    seen: Mapping[str, list[str]], world: World
) -> None:
    lines = seen[world.id]
    missing = [
        pattern for pattern in world.shows if not any(re.search(pattern, line) for line in lines)
    ]
    assert world.shows
    assert missing == [], "\n".join(lines)


@pytest.mark.servers
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.id)
def test_why_reaches_the_one_right_verdict(answers: Mapping[str, Any], world: World) -> None:
    found = answers[world.id]
    given = answer(world, found)
    assert given.faults == (), f"{given.mark.value}\n{found['out']}{found['err']}"
