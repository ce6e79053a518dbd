"""Records: what our own named tuples do is what those of `typing` do."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from smtpprobe.named_tuple import MOST_FIELDS, NamedTuple


class Ours(NamedTuple):
    """A record."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()

    @property
    def doubled(self) -> int:
        """The first field, twice."""
        return 2 * self.first


class Theirs(typing.NamedTuple):
    """A record."""

    first: int
    second: str = "b"
    third: tuple[int, ...] = ()

    @property
    def doubled(self) -> int:
        """The first field, twice."""
        return 2 * self.first


class Below(Ours):
    """A class below a record, with attributes of its own."""


def _described(kind: Any) -> dict[str, object]:
    one = kind(1, third=(2,))
    return {
        "text": repr(one).removeprefix(kind.__name__),
        "values": (*one, one.first, one.second, one.third, one.doubled),
        "fields": kind._fields,
        "patterns": kind.__match_args__,
        "defaults": kind._field_defaults,
        "dictionary": one._asdict(),
        "equal": one == (1, "b", (2,)),
        "hash": hash(one),
        "changed": tuple(one._replace(third=(), first=7)),
        "unchanged": one._replace() == one,
        "kind": type(one._replace(first=2)) is kind,
        "made": tuple(kind._make([3, "x", ()])),
        "copied": copy.copy(one) == one,
        "pickled": pickle.loads(pickle.dumps(one)) == one,
        "parameters": (*inspect.signature(kind).parameters,),
        "documented": kind.__doc__,
        "module": kind.__module__,
        "attributes": hasattr(one, "__dict__"),
    }


def test_a_record_does_what_a_record_of_typing_does() -> None:
    assert _described(Ours) == _described(Theirs)


def test_a_record_is_made_by_the_names_of_its_fields() -> None:
    assert Ours(third=(1,), first=2) == Ours(2, "b", (1,))
    match Ours(1):
        case Ours(1, second=word):
            assert word == "b"
        case _:
            pytest.fail("patterns take the fields in order")


def test_a_field_that_a_record_does_not_have_cannot_be_replaced() -> None:
    """Those of `typing` raise ValueError up to Python 3.12, and TypeError from then on."""
    with pytest.raises((TypeError, ValueError)):
        Theirs(1)._replace(fourth=1, fifth=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"no fields of Ours: \['fifth', 'fourth'\]"):
        Ours(1)._replace(fourth=1, fifth=2)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind(1, "b", (), 4),
        lambda kind: kind(1, first=1),
        lambda kind: kind(1, fourth=1),
        lambda kind: kind._make([1]),
        lambda kind: setattr(kind(1), "first", 2),
        lambda kind: setattr(kind(1), "fourth", 2),
    ],
)
def test_what_a_record_of_typing_refuses_is_refused(wrong: Callable[[Any], object]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)) as theirs:
        wrong(Theirs)
    with pytest.raises(theirs.type) as ours:
        wrong(Ours)
    assert "field_" not in str(ours.value), "fields have the names of the record"


def test_a_class_below_a_record_stays_itself_and_has_attributes() -> None:
    one = Below(1)
    one.note = "kept"  # type: ignore[attr-defined]
    assert type(one._replace(first=2)) is Below
    assert type(pickle.loads(pickle.dumps(one))) is Below
    assert repr(one) == "Below(first=1, second='b', third=())"


def test_records_of_as_many_fields_share_nothing_but_a_constructor() -> None:
    class Other(NamedTuple):
        """Three fields of other names, one of them with a default of its own."""

        one: int
        two: int
        three: int = 9

    assert Other(1, 2) == (1, 2, 9)
    assert Ours(1) == (1, "b", ())
    with pytest.raises(TypeError, match=r"Other\.__new__"):
        Other(first=1)  # type: ignore[call-arg]


def _made(fields: list[str], **values: object) -> Any:
    """Return a record with these fields, as a class statement would make it."""
    maker: Any = type(NamedTuple)
    body = {"__annotations__": dict.fromkeys(fields, int), "__module__": __name__, **values}
    return maker("Made", (NamedTuple,), body)


def test_fields_without_a_default_come_first() -> None:
    with pytest.raises(TypeError, match="default"):
        _made(["one", "two"], one=1)


def test_a_record_can_have_as_many_fields_as_is_said_and_no_more() -> None:
    names = [f"f{number}" for number in range(MOST_FIELDS)]
    largest = _made(names)(*range(MOST_FIELDS))
    assert [getattr(largest, name) for name in names] == [*range(MOST_FIELDS)]
    with pytest.raises(TypeError, match=str(MOST_FIELDS)):
        _made([*names, "more"])
