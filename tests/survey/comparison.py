"""What a survey and `starttls -i` both say of a domain, in the same words, to be compared.

Times, durations and counts of connections are left out: these differ from run to run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow.parquet as pq

Row: TypeAlias = dict[str, Any]

PLACE = ("ip", "port", "implicit_tls", "sni", "second")


FITS = {"DNS-ID": "yes", "IP": "yes", "CN": "no", "none": "no", "unknown": "unknown"}
"""What the kind of name that matched says of it (RFC 9525)."""


def surveyed_rows(folder: Path) -> list[Row]:
    """Return the verdicts of a survey, in the order of its list."""
    shown: dict[tuple[Any, ...], Row] = {}
    addresses = pq.read_table(folder / "addresses").drop_columns(["facts"])
    for row in addresses.sort_by("round").to_pylist():
        shown[_place(row)] = row
    table = pq.read_table(folder / "domains").sort_by("number").to_pylist()
    return [plain_row(row, lambda one: _surveyed(one, shown[_place(one)])) for row in table]


def listed_rows(path: Path) -> list[Row]:
    """Return the verdicts of `starttls -i`, in the order of its list."""
    found = [json.loads(line) for line in path.read_text().splitlines()]
    return [plain_row(row, _listed) for row in sorted(found, key=lambda row: row["seq"])]


def _place(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in PLACE)


def plain_row(row: Mapping[str, Any], address: Callable[[Row], Row] = dict) -> Row:
    """Return what both results say of a domain; `address` does so for each of its addresses."""
    mx = row.get("dns", {}).get("mx") or row.get("mx") or {}
    return {
        "target": row["target"],
        "result": row["result"],
        "exit_code": row["exit_code"],
        "senders": row.get("senders"),
        "findings": [_finding(one) for one in row["findings"]],
        "mx": [(one["preference"], one["host"]) for one in mx.get("records") or []],
        "null_mx": mx.get("null_mx"),
        "mta_sts": (row.get("mta_sts") or {}).get("status"),
        "tlsrpt": (row.get("tlsrpt") or {}).get("status"),
        "hosts": [_host(one, address) for one in row.get("hosts") or []],
    }


def _finding(one: Row) -> tuple[str, ...]:
    """Return a finding without what a resolver adds to a failed validation the first time only."""
    return (*(one[key] for key in ("id", "level", "host", "ip")), one["message"].partition(" (")[0])


def _host(one: Row, address: Callable[[Row], Row]) -> Row:
    tlsa = one.get("tlsa") or []
    status = one.get("tlsa_status")
    if isinstance(tlsa, dict):
        status = tlsa["status"]
        tlsa = [
            f"{each['usage']} {each['selector']} {each['mtype']} {each['data']}"
            for each in tlsa["records"]
        ]
    return {
        **{key: one[key] for key in ("name", "port", "preference")},
        # of no answers at all a list says that they are secure, a survey nothing
        "address_status": one["address_status"] or "secure",
        "tlsa_status": status,
        "tlsa": sorted(tlsa),  # a resolver gives them in any order
        "addresses": [address(each) for each in one["addresses"]],
    }


def _surveyed(standing: Row, shown: Row) -> Row:
    return {
        **{key: shown[key] for key in ("ip", "port", "connect", "starttls", "greeting")},
        **{key: shown[key] for key in ("tls_ok", "tls_version", "cipher", "chain_length")},
        "leaf": shown["certificate_sha256"],
        **{key: standing[key] for key in ("trusted", "dane", "days_left", "senders")},
        "name_matches": standing["name_matches"],
    }


def _listed(one: Row) -> Row:
    tls, certificate = one.get("tls") or {}, one.get("certificate")
    shown = certificate or {"pkix": {}, "name": {}, "chain": []}
    return {
        **{key: one[key] for key in ("ip", "port", "connect")},
        "starttls": one["starttls"]["advertised"],
        "greeting": one["greeting"] or None,
        "tls_ok": tls.get("ok"),
        "tls_version": tls.get("version"),
        "cipher": tls.get("cipher"),
        "chain_length": len(shown["chain"]) if tls else None,
        "leaf": shown["chain"][0]["cert_sha256"] if shown["chain"] else None,
        "trusted": shown["pkix"].get("trusted"),
        "dane": one["dane"]["verdict"],
        "days_left": shown.get("days_left"),
        "senders": one["would_deliver"],
        "name_matches": FITS.get(shown["name"].get("via")),
    }


def same(one: Sequence[Row], other: Sequence[Row]) -> str:
    """Return how many rows there are, all the same.

    Raises:
        AssertionError: they differ.
    """
    if len(one) != len(other):
        raise AssertionError(f"{len(one)} rows, but {len(other)} of starttls -i")
    for number, pair in enumerate(zip(one, other, strict=True), 1):
        for key in pair[0]:
            if pair[0][key] != pair[1][key]:
                raise AssertionError(f"line {number}: {key}: {pair[0][key]} but {pair[1][key]}")
    return f"{len(one):,} verdicts are those of starttls -i, row by row, each address included"
