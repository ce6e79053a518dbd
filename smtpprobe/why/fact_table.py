"""A row for each kind of fact: the part of the way it belongs to, its label, its question.

Pure data. The parts are in the order in which they are shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple


class Part(Enum):
    """The six parts of the way of a mail; the value is the word in JSON and in front of a line."""

    ADDRESS = "address"
    ROAD = "road"
    US = "us"
    TLS = "tls"
    DIALOGUE = "dialogue"
    HISTORY = "history"


class Row(NamedTuple):
    """One kind of fact; `question` is answered by yes or no, and `label` is in front of a value."""

    id: str
    part: Part
    label: str
    question: str


ROWS: Final = (
    Row("address.syntax", Part.ADDRESS, "address", "Is it an address that can be sent to?"),
    Row("address.domain", Part.ADDRESS, "domain", "Does the domain exist in DNS?"),
    Row("address.mx", Part.ADDRESS, "MX", "Does DNS say where its mail goes?"),
)

BY_ID: Final = {row.id: row for row in ROWS}
