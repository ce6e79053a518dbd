"""TLSRPT (RFC 8460 3): the TXT record that says where reports go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smtpprobe.policy.txt_record import Kind, quoted, read_fields, wrong_extension

_KIND = Kind(
    "v=TLSRPTv1",
    re.compile(r"(?i)(?<![a-z0-9])tls[ _-]?rpt[ _-]?v?[ ._-]?1(?![0-9])|^\W{0,3}rua\s{0,3}="),
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """The result of reading `_smtp._tls` TXT records; `problem` is empty for none or a valid one.

    `record` is the one that was read, or that only means to be one; `doubt` is what senders may
    read in different ways.
    """

    count: int
    uris: tuple[str, ...] = ()
    problem: str = ""
    record: str = ""
    doubt: str = ""


def read_txt(records: Sequence[str]) -> Reporting:
    """Return what the TXT records mean; records of other kinds are passed over."""
    found = read_fields(records, _KIND, "senders ignore them all")
    doubt = "; ".join(found.doubts)
    problem = found.problem
    uris: tuple[str, ...] = ()
    if found.counted == 1 and not problem:
        rua = found.first("rua")
        uris = _uris(rua.value) if rua is not None else ()
        wrong = next(filter(None, map(_wrong, uris)), "")
        problem = wrong or wrong_extension(found, "rua")
        if rua is None:
            problem = problem or found.missing("rua")
    return Reporting(found.counted, () if problem else uris, problem, found.text, doubt)


def _uris(value: str) -> tuple[str, ...]:
    return tuple(uri.strip(" \t") for uri in value.split(","))


_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@$&'()*+=-]|%[0-9A-Fa-f]{2})*")
"""Those of a URI (RFC 3986 2), without the three that RFC 8460 3 wants percent-encoded."""

_MAILBOX = re.compile(r"[^@?/]+@[^@?/]+(?:\?.*)?")
_HOST = re.compile(r"//(?:[^/?#@]+@)?[^/?#@:]+(?::[0-9]{1,5})?(?:[/?#].*)?|//\[[0-9A-Fa-f:.]+\].*")
_MEANT = "mailto:name@domain or https://host/path"


def _wrong(uri: str) -> str:
    """Return what is wrong with a URI of `rua=`; empty when it is right."""
    scheme, colon, rest = uri.partition(":")
    match scheme.lower() if colon else "":
        case _ if not uri:
            return f"empty entry before or after a comma: expected {_MEANT}"
        case "mailto" if rest.startswith("//"):
            return f"{quoted(uri)}: mailto: must not be followed by //"
        case "mailto" | "https":
            good = (_MAILBOX if scheme.lower() == "mailto" else _HOST).fullmatch(rest)
            return _wrong_character(uri) or ("" if good else f"{quoted(uri)} is not {_MEANT}")
        case _:
            return f"{quoted(uri)} is neither mailto: nor https:"


def _wrong_character(uri: str) -> str:
    at = end.end() if (end := _CHARACTERS.match(uri)) is not None else 0
    if at == len(uri):
        return ""
    char = uri[at]
    if char in "!,;":
        why = f"{char!r} must be written %{ord(char):02X}"
    elif char == "%":
        why = "'%' must be followed by two hexadecimal digits"
    else:
        why = f"{quoted(char)} is not allowed in a URI"
    return f"{quoted(uri)} is not a valid mailto: or https: URI (RFC 8460 3): {why}"
