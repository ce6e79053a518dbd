"""`NamedTuple` without `typing`, and without a compiler: a program makes hundreds of records.

`typing.NamedTuple` compiles the annotation of every field, and `collections.namedtuple` the
constructor and four methods of every class. Here the methods are written once, for all classes;
a constructor is that of another class with as many fields under the names of these, and what reads
a field by its place is taken from one `namedtuple`. Type checkers see the class of `typing`.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FunctionType
    from typing import Any, Self
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on to type checkers

    class _Fields(tuple[object, ...]):
        __slots__ = ()
        _fields: tuple[str, ...]
        _places: dict[str, int]

else:
    _Fields = tuple

MOST_FIELDS = 40
"""How many fields a record can have."""

_NAMES = [f"field_{place}" for place in range(MOST_FIELDS)]
_AtPlaces = namedtuple("_AtPlaces", _NAMES)  # type: ignore[misc] # noqa: PYI024 - only a model
_AT = [vars(_AtPlaces)[name] for name in _NAMES]
"""What reads the field at each place of any tuple."""

_new_tuple = tuple.__new__
_SHORT = (
    lambda k, a: _new_tuple(k, (a,)),
    lambda k, a, b: _new_tuple(k, (a, b)),
    lambda k, a, b, c: _new_tuple(k, (a, b, c)),
    lambda k, a, b, c, d: _new_tuple(k, (a, b, c, d)),
    lambda k, a, b, c, d, e: _new_tuple(k, (a, b, c, d, e)),
    lambda k, a, b, c, d, e, f: _new_tuple(k, (a, b, c, d, e, f)),
    lambda k, a, b, c, d, e, f, g: _new_tuple(k, (a, b, c, d, e, f, g)),
    lambda k, a, b, c, d, e, f, g, h: _new_tuple(k, (a, b, c, d, e, f, g, h)),
    lambda k, a, b, c, d, e, f, g, h, i: _new_tuple(k, (a, b, c, d, e, f, g, h, i)),
    lambda k, a, b, c, d, e, f, g, h, i, j: _new_tuple(k, (a, b, c, d, e, f, g, h, i, j)),
)
"""The constructors of records of one field, two and so on: most records are short."""

_constructors: dict[int, Any] = dict(enumerate(_SHORT, 1))


class Record(_Fields):
    """What all named tuples can do, as those of `collections` can."""

    __slots__ = ()

    @classmethod
    def _make(cls, values: Iterable[object]) -> Self:
        """Return a record of these values, in the order of its fields.

        Raises:
            TypeError: there are too few or too many.
        """
        made = _new_tuple(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"expected {len(cls._fields)} values, got {len(made)}")
        return made

    def _replace(self, /, **changes: object) -> Self:
        """Return the record with other values in some fields.

        Raises:
            TypeError: it has no such field. (`collections` raises ValueError before Python 3.13.)
        """
        values, places = [*self], self._places
        try:
            for name, value in changes.items():
                values[places[name]] = value
        except KeyError:
            unknown = sorted(changes.keys() - places)
            raise TypeError(f"no fields of {type(self).__name__}: {unknown}") from None
        return _new_tuple(type(self), values)

    __replace__ = _replace

    def _asdict(self) -> dict[str, object]:
        """Return the values by the names of their fields."""
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        """Return the record as its constructor is called."""
        values = [f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)]
        return f"{type(self).__name__}({', '.join(values)})"

    def __getnewargs__(self) -> tuple[object, ...]:
        """Return what the constructor is given by `copy` and `pickle`."""
        return tuple(self)


def _constructor(name: str, fields: tuple[str, ...], defaults: tuple[object, ...]) -> FunctionType:
    """Return the `__new__` of a record with these fields; the last ones have defaults."""
    model = _constructors.get(len(fields))
    if model is None:
        names = "".join(f"{name}, " for name in _NAMES[: len(fields)])
        source = f"lambda k, {names[:-2]}: _new_tuple(k, ({names}))"
        model = eval(source, {"_new_tuple": _new_tuple})  # noqa: S307 - the same text for all of one length
        _constructors[len(fields)] = model
    code = model.__code__.replace(
        co_name="__new__", co_qualname=f"{name}.__new__", co_varnames=("_cls", *fields)
    )
    made: FunctionType = type(model)(code, model.__globals__, "__new__", defaults)
    return made


if not TYPE_CHECKING:

    class _Maker(type):
        """Makes the body of a class a tuple of its fields, with their defaults and its methods.

        The fields are there where the module imports `annotations` from `__future__`.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = {field: body.pop(field) for field in fields if field in body}
            if (*defaults,) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one with a default")
            if len(fields) > MOST_FIELDS:
                raise TypeError(f"{name}: {len(fields)} fields, and at most {MOST_FIELDS} can be")
            body |= zip(fields, _AT, strict=False)
            body["__slots__"] = ()
            body["__new__"] = _constructor(name, fields, (*defaults.values(),))
            body["_fields"] = body["__match_args__"] = fields
            body["_places"] = {field: place for place, field in enumerate(fields)}
            body["_field_defaults"] = defaults
            return type(name, (Record,), body)

    class NamedTuple(metaclass=_Maker):
        """The base that the definition of a record names."""
