"""Facts as octets, exactly: what is read back equals what was written, certificates included."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from cattrs.preconf.msgpack import MsgpackConverter, make_converter

from smtpprobe.protocol.tls_facts import Shown, Unread
from smtpprobe.starttls.facts import AddressFacts, Facts

Kind = TypeVar("Kind", AddressFacts, Facts)


def octets_of(facts: AddressFacts | Facts) -> bytes:
    """Return facts as octets; certificates not read by now are read."""
    return bytes(_converter().dumps(facts, type(facts), unicode_errors=_ERRORS))


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


@cache
def _converter() -> MsgpackConverter:
    converter = make_converter()

    def shown(found: Shown | Unread) -> Any:
        read = found.shown if isinstance(found, Unread) else found
        return converter.unstructure(read, Shown)

    def reread(found: Any, _kind: Any) -> Shown:
        return converter.structure(found, Shown)

    either: Any = Shown | Unread
    converter.register_unstructure_hook(either, shown)
    converter.register_structure_hook(either, reread)
    return converter
