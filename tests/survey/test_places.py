"""Which worker asks which address: one network block is in one place, and nothing is left out."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from smtpprobe.survey.places import Lanes, Slot, network_of


def test_a_network_is_a_24_or_a_48_and_a_mapped_address_is_an_ipv4_one() -> None:
    assert network_of("192.0.2.77") == "192.0.2.0/24"
    assert network_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert network_of("::ffff:192.0.2.77") == "192.0.2.0/24"
    assert network_of("fe80::1%eth0") == "fe80::/48"


def slots_of(sizes: list[int], size: int) -> dict[str, list[Slot]]:
    lanes, found = Lanes(size), defaultdict[str, list[Slot]](list)
    for block, count in enumerate(sizes):
        for _ in range(count):
            found[str(block)].append(lanes.slot(str(block)))
    return found


@given(some.lists(some.integers(1, 30)), some.integers(1, 10))
def test_a_network_is_in_one_lane_and_a_chunk_is_never_larger_than_it_may_be(
    sizes: list[int], size: int
) -> None:
    found = slots_of(sizes, size)
    assert all(len({slot.lane for slot in each}) == 1 for each in found.values())
    counts = defaultdict[Slot, int](int)
    for each in found.values():
        for slot in each:
            counts[slot] += 1
    assert all(count <= size for count in counts.values())


@given(some.lists(some.integers(1, 30)), some.integers(1, 10))
def test_slots_only_go_forward_so_that_a_stream_of_them_can_be_cut_into_jobs(
    sizes: list[int], size: int
) -> None:
    every = [slot for each in slots_of(sizes, size).values() for slot in each]
    assert all(one <= other for one, other in pairwise(every))
