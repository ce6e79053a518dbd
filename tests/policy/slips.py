"""Typing errors at the beginning of a TXT record, for the records of MTA-STS and TLSRPT."""

from __future__ import annotations

SLIPS = ("case", "blank", "quote", "cut", ",")


def slipped(record: str, at: int, slip: str) -> str:
    """Return a record with one of SLIPS at an offset."""
    before, after = record[:at], record[at:]
    return {
        "case": f"{before}{after[0].swapcase()}{after[1:]}",
        "blank": f"{before} {after}",
        "quote": f'{before}"{after}',
        "cut": f"{before}{after[1:]}",
        ",": f"{before},{after[1:]}",
    }[slip]
