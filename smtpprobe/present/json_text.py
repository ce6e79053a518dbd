"""Values as JSON that a strict reader takes (RFC 8259), whatever a server has sent into them."""

from __future__ import annotations

import json
import re
from functools import cache

from smtpprobe.protocol.utf8 import utf8_text

_NOT_ASCII = r"[^\x00-\x7f]+"


def json_text(
    value: object, *, ascii_only: bool = False, compact: bool = False, indent: int | None = None
) -> str:
    r"""Return values as JSON, without a line end; octets that are no UTF-8 are `\xff` in texts.

    Non-ASCII characters are kept, or escaped with `ascii_only`; `compact` leaves the blanks
    out.
    """
    text = _encoder(compact=compact, indent=indent).encode(value)
    if text.isascii():
        return text
    # in JSON a surrogate occurs in strings only, where a backslash is doubled
    text = re.sub("[\ud800-\udfff]+", lambda match: utf8_text(match[0]).replace("\\", r"\\"), text)
    return (
        re.sub(_NOT_ASCII, lambda match: json.dumps(match[0])[1:-1], text) if ascii_only else text
    )


@cache
def _encoder(*, compact: bool, indent: int | None) -> json.JSONEncoder:
    separators = (",", ":") if compact else None
    return json.JSONEncoder(ensure_ascii=False, indent=indent, separators=separators)
