"""A program in which every setting has another default, as if its row had been changed.

`python -m tests.settings.other_defaults WORD...` runs smtpprobe so; with `reach` as its only word
it writes what each part goes by, as JSON.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path

ROWS = "smtpprobe.settings.defaults"
CHANGE = """
SETTINGS = tuple((row[0], row[1], other_default(*row[1:4]), *row[3:]) for row in SETTINGS)

DEFAULTS"""
SHORT = 0.3
"""Seconds: the default of every limit."""


def other_default(kind: str, default: object, values: tuple[str, ...]) -> object:
    """Return another default of that kind."""
    if kind == "bool":
        return not default
    if kind == "choice":
        return next(value for value in values if value != default)
    if kind in ("duration", "number"):
        return SHORT if kind == "duration" else 7
    return {
        "file": str(Path(__file__).parents[1] / "data" / "root.pem"),
        "server": "192.0.2.53",
        "proxy_header": "v1",
        "proxy": "http://127.0.0.1:9",
    }.get(kind, "another")


def change_rows() -> None:
    """Have the table of rows say so, before any other module has read it."""
    spec = find_spec(ROWS)
    assert ROWS not in sys.modules
    assert spec is not None
    assert spec.loader is not None
    source: str = spec.loader.get_source(ROWS)  # type: ignore[attr-defined]
    head, tail = source.split("\nDEFAULTS")
    rows = module_from_spec(spec)
    rows.other_default = other_default  # type: ignore[attr-defined]
    exec(head + CHANGE + tail, rows.__dict__)
    rows.SWITCHED_OFF = {name: f"no {name}" for name in rows.DEFAULTS}  # type: ignore[attr-defined]
    sys.modules[ROWS] = rows


if __name__ == "__main__":
    change_rows()
    if sys.argv[1:] == ["reach"]:
        from tests.settings.reach import reach

        sys.stdout.write(json.dumps(reach(), default=str))
    else:
        from smtpprobe.cli.main import main

        sys.exit(main(sys.argv[1:]))
