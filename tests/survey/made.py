"""Results of surveys that were never made: `python -m tests.survey.made FOLDER 1000000`."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from smtpprobe.survey.schema import ADDRESSES, DOMAINS, SCHEMA
from smtpprobe.survey.tables import packed, write_parquet

Row = dict[str, Any]

DAY = datetime(2026, 11, 30, 12, tzinfo=UTC)

NO_TLS = dict.fromkeys(ADDRESSES.names[ADDRESSES.names.index("tls_ok") :])
"""An address without TLS."""


def ip_of(host: str) -> str:
    """Return the address of a made host."""
    number = sum(ord(sign) * 31**place for place, sign in enumerate(host))
    return f"198.{18 + number % 2}.{number // 512 % 256}.{number // 2 % 256}"


def spot(host: str, **more: Any) -> Row:
    """Return an address of a host, as a domain has it: all well, without TLSA records."""
    return {
        "ip": ip_of(host), "port": 25, "implicit_tls": False, "sni": host, "second": False,
        "encrypted": "yes", "trusted": "yes", "name_matches": "yes", "dane": "none",
        "days_left": 60,
        "senders": {"opportunistic": "tls", "pkix": "yes", "dane": "not-applicable",
                    "mta_sts": "not-applicable"},
    } | more  # fmt: skip


def host(name: str, *spots: Row, **more: Any) -> Row:
    """Return a host with its addresses: one that is well, if none is given."""
    return {
        "name": name, "port": 25, "preference": 10, "address_status": "secure",
        "tlsa_status": "secure", "tlsa": [], "addresses": list(spots or [spot(name)]),
    } | more  # fmt: skip


def finding(id_: str, level: str, name: str = "", affects: Iterable[str] = ()) -> Row:
    """Return a finding."""
    return {"id": id_, "level": level, "host": name, "ip": "", "message": f"about {id_}",
            "affects": list(affects)}  # fmt: skip


def domain(target: str, *hosts: Row, findings: Iterable[Row] = (), **more: Any) -> Row:
    """Return a domain with a verdict; `dane` and `sts` are what those senders get."""
    told = {"opportunistic": "tls", "pkix": "all", "dane": "not-applicable",
            "mta_sts": "not-applicable"}  # fmt: skip
    told |= {name: more.pop(name) for name in tuple(more) if name in told and name != "mta_sts"}
    told |= {"mta_sts": more.pop("sts")} if "sts" in more else {}
    records = [{"preference": 10, "host": one["name"]} for one in hosts]
    return {
        "target": target, "time": DAY, "result": "ok", "exit_code": 0, "senders": told,
        "mx": {"status": "secure", "null_mx": False, "implicit": False, "records": records},
        "mta_sts": {"status": "absent"}, "tlsrpt": {"status": "absent", "rua": []},
        "hosts": list(hosts), "findings": list(findings),
    } | more  # fmt: skip


def address(name: str, **more: Any) -> Row:
    """Return what the address of a made host showed."""
    return {
        "round": 1, "again": False, "ip": ip_of(name), "port": 25, "implicit_tls": False,
        "sni": name, "second": False, "network": "198.18.0.0/24", "asked": DAY,
        "connect": "connected", "reason": "", "connections": 1, "seconds": 0.5,
        "greeting": f"220 {name} ESMTP", "ended": "", "starttls": "yes", "starttls_reply": 220,
        "ehlo": ["STARTTLS"], "tls_ok": True, "tls_reason": "", "tls_version": "TLSv1.3",
        "cipher": "TLS_AES_256_GCM_SHA384", "key_exchange": "x25519",
        "certificate_sha256": hashlib.sha256(name.encode()).hexdigest(), "subject": f"CN={name}",
        "issuer": "A public CA", "names": [name], "not_before": DAY - timedelta(days=30),
        "not_after": DAY + timedelta(days=60), "key": "EC secp256r1", "key_bits": 256,
        "signature": "ecdsa-with-SHA256", "chain_length": 2, "trusted": "yes", "trust_code": 0,
        "trust_reason": "",
    } | more  # fmt: skip


def write(
    folder: Path,
    domains: Iterable[Row],
    addresses: Iterable[Row],
    events: Iterable[Row] = ({"event": "done"},),
    **settings: Any,
) -> Path:
    """Write a folder of results; return it. Domains and addresses are numbered."""
    for name in ("resolve", "addresses", "domains", "work"):
        (folder / name).mkdir(parents=True)
    told = {"schema": SCHEMA, "smtpprobe": "0.1.0", "list": "domains.txt",
            "client": "scan.example.org", "contact": "abuse@example.org"}  # fmt: skip
    (folder / "survey.json").write_text(json.dumps(told | settings))
    lines = ({"time": "2026-11-30T12:00:00Z"} | event for event in events)
    (folder / "log.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    numbered = ({"number": number} | row for number, row in enumerate(domains, 1))
    for part, rows in enumerate(_some(numbered, 1000)):
        write_parquet(packed(rows, DOMAINS), folder / "domains" / f"{part:07}.parquet")
    placed = ({"place": number} | row for number, row in enumerate(addresses))
    for part, rows in enumerate(_some(placed, 200)):
        write_parquet(packed(rows, ADDRESSES), folder / "addresses" / f"1-{part:07}-00000.parquet")
    return folder


def _some(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


HOSTS = 50_000
"""Hosts of a synthetic survey."""


def synthetic(folder: Path, count: int, seed: int = 1) -> Path:
    """Write a survey of so many domains, a third of whose hosts are shared by many."""
    dice = random.Random(seed)
    names = [f"mx{number}.hoster{number % 5000}.example" for number in range(min(HOSTS, count))]
    hosts, shown = [], []
    for name in names:
        made, seen = _some_host(name, dice)
        hosts.append(made)
        shown.append(seen)

    def each() -> Iterator[Row]:
        for number in range(count):
            one = hosts[int(len(hosts) * dice.random() ** 3)]
            yield _some_domain(
                f"d{number}.{dice.choice(('nl', 'de', 'se', 'org', 'cz'))}", one, dice
            )

    return write(folder, each(), shown)


def _some_host(name: str, dice: random.Random) -> tuple[Row, Row]:
    kind = dice.random()
    days = dice.choice((-4, 3, 10, 20, 45, 75, 120)) if kind > 0.3 else 60
    seen: Row = {"not_after": DAY + timedelta(days=days), "issuer": f"CA {int(8 * kind)}"}
    at: Row = {"days_left": days, "ip": ip_of(name)}
    if days < 0:
        at["trusted"] = "no"
    if kind < 0.05:
        seen = NO_TLS | {"starttls": "unknown", "connect": "no answer"}
        at |= dict.fromkeys(("trusted", "name_matches", "days_left")) | {"encrypted": "unknown"}
    elif kind < 0.1:
        seen = NO_TLS | {"starttls": "no"}
        at |= dict.fromkeys(("trusted", "name_matches", "days_left")) | {"encrypted": "no"}
    elif kind < 0.2:
        seen |= {"trusted": "no", "trust_code": 18, "issuer": name}
        at["trusted"] = "no"
    elif kind < 0.25:
        at["name_matches"] = "no"
    elif kind < 0.5:
        at["dane"] = "match"
    elif kind < 0.52:
        at["dane"] = "no-match"
    if kind > 0.9:
        seen["tls_version"] = "TLSv1.2" if kind < 0.99 else "TLSv1"
    tlsa = ["3 1 1 " + "ab" * 32] if at.get("dane") else []
    return host(name, spot(name, **at), tlsa=tlsa), address(name, **seen)


def _some_domain(name: str, one: Row, dice: random.Random) -> Row:
    at = one["addresses"][0]
    kind = dice.random()
    if kind < 0.02:
        return domain(name, result="nothing", opportunistic="none", pkix="none",
                      mx={"status": "secure", "null_mx": True})  # fmt: skip
    if kind < 0.03:
        return {"target": name, "error": "not checked", "result": "inconclusive"}
    more: Row = {}
    found = []
    if at["encrypted"] == "unknown":
        more |= {"result": "inconclusive"} | dict.fromkeys(("opportunistic", "pkix"), "unknown")
        found.append(finding("conn.timeout", "unknown", one["name"]))
    elif at["encrypted"] == "no":
        more |= {"result": "fail", "opportunistic": "clear", "pkix": "none"}
        found.append(finding("starttls.missing", "fail", one["name"]))
    elif "no" in (at["trusted"], at["name_matches"]):
        more["pkix"] = "none"
    if at["dane"] in ("match", "no-match"):
        more["dane"] = "all" if at["dane"] == "match" else "none"
    if kind > 0.8:
        mode = "enforce" if kind > 0.9 else "testing"
        more |= {"mta_sts": {"status": "valid", "mode": mode},
                 "tlsrpt": {"status": "valid", "rua": ["mailto:a@example.org"]}}  # fmt: skip
    return domain(name, one, findings=found, **more)


if __name__ == "__main__":
    synthetic(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
