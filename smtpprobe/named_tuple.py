"""`NamedTuple`, made by `collections.namedtuple` alone.

A class of `typing.NamedTuple` compiles the annotation of every field, and loading `typing` costs as
much as ten of our modules: a fifth of `explain TEXT` in all. Type checkers see that of `typing`.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on to type checkers
else:

    class _Maker(type):
        """Makes the body of a class a tuple of its fields, with their defaults and its methods.

        The fields are there where the module imports `annotations` from `__future__`.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body["__annotations__"]
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body.pop("__module__"))  # noqa: PYI024 - this is its replacement
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """The base that the definition of a record names."""
