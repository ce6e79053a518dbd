"""Whether a certificate is for the name dialled (RFC 9525): subject alternative names only.

All names are A-labels. A pattern that is not well formed matches nothing; a common name does
not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from smtpprobe.policy.addresses import read_address

_LABEL = r"(?i)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"


def matches(reference: str, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Return whether one of a certificate's names, or addresses, is the one that was dialled.

    An address matches iPAddress entries only, a name dNSName entries only (RFC 9525 6).
    """
    wanted = read_address(reference)
    if wanted is not None:
        return any(read_address(address) == wanted for address in addresses)
    return any(name_matches(reference, pattern) for pattern in names)


def a_labels(name: str) -> str:
    """Return a name whose U-labels are A-labels (RFC 5890 2.3.2.1); what is neither stays."""
    if name.isascii():
        return name
    plain = unicodedata.normalize("NFKC", name.lower())
    return ".".join(map(_a_label, re.split("[.\u3002]", plain)))


def _a_label(label: str) -> str:
    letters = all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in label)
    if label.isascii() or not letters:
        return label
    return f"xn--{label.encode('punycode').decode('ascii')}"


def name_matches(reference: str, pattern: str) -> bool:
    """Return whether a dNSName covers a name; `*` matches the whole left-most label (6.3)."""
    wanted, presented = _labels(reference), pattern.lower().split(".")
    if len(wanted) != len(presented):
        return False
    if presented[0] == "*" and len(presented) > 2:
        return _well_formed(presented[1:]) and wanted[1:] == presented[1:]
    return _well_formed(presented) and wanted == presented


def _labels(reference: str) -> list[str]:
    return reference.lower().removesuffix(".").split(".")


def _well_formed(labels: list[str]) -> bool:
    return all(re.fullmatch(_LABEL, label) for label in labels)
