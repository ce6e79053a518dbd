"""Reads from the folder of a survey what it took: the sample for a larger one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from smtpprobe.errors import UsageError
from smtpprobe.starttls.facts import Connect
from smtpprobe.survey.estimate.estimate import STAGES, Cost, Sample
from smtpprobe.survey.spread import connection

_COUNTS = """
    WITH each AS (
        SELECT number, unnest(flatten(places)) AS place FROM read_parquet(?)
    ), wanted AS (
        SELECT number, (place.ip, place.port, place.sni, place.implicit_tls, place.second) AS place,
            place.network AS network
        FROM each WHERE NOT place.excluded
    ), largest AS (
        SELECT network, count(DISTINCT place) AS there
        FROM wanted GROUP BY network ORDER BY there DESC, network LIMIT 1
    )
    SELECT
        (SELECT count(*) FROM read_parquet(?)),
        (SELECT count(*) FROM read_parquet(?) WHERE hash(number) % 2 = 0),
        count(DISTINCT place), count(DISTINCT place) FILTER (WHERE hash(number) % 2 = 0),
        (SELECT network FROM largest), (SELECT there FROM largest)
    FROM wanted
"""

_SESSIONS = """
    SELECT coalesce(sum(connections), 0), coalesce(sum(seconds), 0),
        count(*) FILTER (WHERE connect = ? AND connections > 0),
        count(*) FILTER (WHERE connect = ? AND connections > 0)
    FROM read_parquet(?)
"""


def sample_of(folder: Path) -> Sample:
    """Return what a finished survey measured.

    Raises:
        UsageError: there is none in the folder, or it has not come to its end.
    """
    files = {name: sorted(map(str, (folder / name).glob("*.parquet"))) for name in STAGES}
    if not files["domains"] or not (folder / "log.jsonl").is_file():
        raise UsageError(
            f"{folder}: no finished survey in it",
            "survey a sample of the list first: smtpprobe survey sample.txt -o sample/ ...",
        )
    lines = list(_lines(folder / "log.jsonl"))
    resolved = files["resolve"]
    with closing(connection(folder / "work")) as base:
        [counts] = base.execute(_COUNTS, [resolved, resolved, resolved]).fetchall()
        sessions: Any = (0, 0.0, 0, 0)
        if files["addresses"]:
            [sessions] = base.execute(
                _SESSIONS, [Connect.REFUSED.value, Connect.TIMEOUT.value, files["addresses"]]
            ).fetchall()
    domains, half_domains, addresses, half_addresses, network, there = counts
    return Sample(
        domains=domains,
        addresses=addresses,
        half_domains=half_domains,
        half_addresses=half_addresses,
        network=network or "",
        in_network=there or 0,
        questions=sum(line.get("questions", 0) for line in lines),
        connections=sessions[0],
        session_seconds=sessions[1],
        refused=sessions[2],
        silent=sessions[3],
        costs={name: _cost(name, lines, files[name]) for name in STAGES},
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                found = json.loads(line)
            except ValueError:  # it was cut off
                continue
            if isinstance(found, dict):
                yield found


def _cost(name: str, lines: list[dict[str, Any]], files: list[str]) -> Cost:
    found = Counter[str]()
    for line in lines:
        if line.get("event") == "end" and str(line.get("job")).startswith(f"{name}/"):
            found += Counter({key: line.get(key, 0) for key in _MEASURED})
        elif line.get("event") == "stage" and line.get("stage") == name:
            found["client_cpu"] += line.get("cpu", 0)
    return Cost(
        rows=found["rows"],
        seconds=found["seconds"],
        cpu=found["cpu"],
        client_cpu=found["client_cpu"],
        octets=found["octets"],
        disk=sum(Path(each).stat().st_size for each in files),
    )


_MEASURED = ("rows", "seconds", "cpu", "octets")
