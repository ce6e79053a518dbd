"""What a change between two surveys is: better, worse, or neither. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum

from smtpprobe.survey.report.figures import Row


class Kind(Enum):
    """What became of a domain."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "different"
    SAME = "the same"
    UNKNOWN = "not known then or now"
    NEW = "only in this list"
    GONE = "only in the earlier list"


_NOT_LISTED = "not listed"
_NOT_KNOWN = frozenset({"unknown", "inconclusive"})

_DELIVERY = {"none": 0, "partial": 1, "not-applicable": 2, "all": 3}
"""What a sender gets that honours what is published: where nothing is, mail goes through."""

_RANKS: Mapping[str, Mapping[str, int]] = {
    "result": {"fail": 0, "ok": 1},
    "opportunistic": {"none": 0, "clear": 1, "degraded": 2, "tls": 3},
    "pkix": _DELIVERY,
    "dane": _DELIVERY,
    "mta_sts": {"invalid": 0, "absent": 1, "none": 1, "testing": 2, "enforce": 3},
    "tlsrpt": {"invalid": 0, "absent": 1, "valid": 2},
}


def kind_of(what: str, earlier: str, now: str) -> Kind:
    """Return what a change is."""
    if earlier == _NOT_LISTED:
        return Kind.NEW
    if now == _NOT_LISTED:
        return Kind.GONE
    if {earlier, now} & _NOT_KNOWN:
        return Kind.UNKNOWN
    if earlier == now:
        return Kind.SAME
    ranks = _RANKS.get(what, {})
    before, after = ranks.get(earlier), ranks.get(now)
    if before is None or after is None or before == after:
        return Kind.OTHER
    return Kind.BETTER if after > before else Kind.WORSE


def kinds_of(changes: Sequence[Row]) -> dict[str, Counter[Kind]]:
    """Return how many domains of each kind there are, by what was compared."""
    found: dict[str, Counter[Kind]] = {}
    for row in changes:
        kind = kind_of(row["what"], row["earlier"], row["now"])
        found.setdefault(row["what"], Counter())[kind] += row["domains"]
    return found


def changes_of(changes: Sequence[Row]) -> list[Row]:
    """Return those that changed something, the ones of most domains first."""
    real = [
        row
        for row in changes
        if kind_of(row["what"], row["earlier"], row["now"]) not in (Kind.SAME, Kind.NEW, Kind.GONE)
        and row["earlier"] != row["now"]
    ]
    return sorted(real, key=lambda row: -int(row["domains"]))
