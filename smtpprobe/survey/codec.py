"""Facts as octets, exactly: what is read back equals what was written, certificates included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgpack
from cattrs.gen import make_hetero_tuple_unstructure_fn
from cattrs.preconf.msgpack import MsgpackConverter, make_converter

from smtpprobe.protocol.tls_facts import Shown, Unread
from smtpprobe.starttls.facts import AddressFacts, Facts

Kind = TypeVar("Kind", AddressFacts, Facts)


def octets_of(facts: AddressFacts | Facts) -> bytes:
    """Return facts as octets; certificates not read by now are read."""
    plain = _converter().unstructure(facts, type(facts))
    return bytes(msgpack.packb(plain, unicode_errors=_ERRORS))


def facts_of(octets: bytes, kind: type[Kind]) -> Kind:
    """Return the facts in some octets of `octets_of`.

    Raises:
        ValueError: they are no such octets, or those of another version.
    """
    try:
        return _converter().loads(octets, kind, unicode_errors=_ERRORS)
    except Exception as error:
        raise ValueError(f"not facts of this version: {type(error).__name__}") from error


_ERRORS = "surrogatepass"
"""What a server or a list wrote need not be text."""


def octets_of_entry(entry: object) -> bytes:
    """Return an entry of a journal as octets: a text, a number, or a row of a table."""
    return bytes(msgpack.packb(entry, unicode_errors=_ERRORS, datetime=True))


def entries_of(octets: bytes) -> Iterator[Any]:
    """Yield the entries in some octets, as far as they are whole."""
    unpacker = msgpack.Unpacker(unicode_errors=_ERRORS, timestamp=3, max_buffer_size=0)
    unpacker.feed(octets)
    with suppress(ValueError):  # what has no end, and no beginning either
        yield from unpacker


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _fields_of(record: Any) -> tuple[Any, ...]:
    hints = get_type_hints(record)
    return tuple(hints[name] for name in record._fields)


def _record_writer(record: Any, converter: Any) -> Callable[[Any], Any]:
    return make_hetero_tuple_unstructure_fn(
        record, converter, unstructure_to=tuple, type_args=_fields_of(record)
    )


def _record_reader(record: Any, converter: Any) -> Callable[[Any, Any], Any]:
    values: Any = tuple[_fields_of(record)]  # type: ignore[misc]
    read = converter.get_structure_hook(values)
    return lambda found, _kind: record(*read(found, values))


@cache
def _converter() -> MsgpackConverter:
    converter = make_converter()
    # cattrs knows typing's named tuples, and of those only such whose annotations are no text
    converter.register_unstructure_hook_factory(_is_record, _record_writer)
    converter.register_structure_hook_factory(_is_record, _record_reader)

    def shown(found: Shown | Unread) -> Any:
        read = found.shown if isinstance(found, Unread) else found
        return converter.unstructure(read, Shown)

    def reread(found: Any, _kind: Any) -> Shown:
        return converter.structure(found, Shown)

    either: Any = Shown | Unread
    converter.register_unstructure_hook(either, shown)
    converter.register_structure_hook(either, reread)
    return converter
