"""`make bench`: measures every row, prints it as it comes, and writes docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import re
import ssl
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.bench import explain, keystroke, script, send, sessions, starttls, startup
from tests.bench.pairs import Absent, Found, lines

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE, INDEX = DOCS / "benchmarks.md", DOCS / "index.md"

PARTS: Final[dict[str, Callable[[], Iterator[Found]]]] = {
    "startup": startup.rows,
    "keystroke": keystroke.rows,
    "script": script.rows,
    "sessions": sessions.rows,
    "starttls": starttls.rows,
    "send": send.rows,
    "explain": explain.rows,
}

MOST: Final = 300
"""How much of an error's text the table has."""

HEAD: Final = """\
# Benchmarks

Written by `make bench`, which unpacks the programs it compares with. Each comparison runs as
interleaved pairs: ours and the other one in turn, every second pair the other way round. Figures
are medians, ratios are medians of the pairs' ratios. CPU time is user and system time of the client
alone. The ratios depend on the machine, too: use them to compare two versions on one machine.

"""


def page(found: Iterable[Found]) -> str:
    """Return the whole page."""
    heads = ("work", "smtpprobe", "beside", "ratio", "goal", "")
    table = [heads, ("---",) * len(heads), *(row.cells for row in found)]
    return HEAD + machine() + "\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in table)


def machine() -> str:
    """Return what the figures were measured on."""
    cpus = Path("/proc/cpuinfo")
    model = re.search(r"(?m)^model name\s*: (.*)$", cpus.read_text()) if cpus.exists() else None
    name = " ".join(model[1].split()) if model else platform.machine()
    return (
        f"Measured with Python {platform.python_version()} and {ssl.OPENSSL_VERSION} on"
        f" {os.cpu_count()} processors ({name}), load average"
        f" {os.getloadavg()[2]:.1f}: above the processors, time on the clock says little."
    )


def indexed(index: str) -> str:
    """Return the index of all pages with this one among them."""
    listed = "\nbenchmarks\n" in index
    return index if listed else index.replace("\nservers\n", "\nservers\nbenchmarks\n", 1)


def measured(name: str, rows: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """Yield the rows of a part; where one fails the part ends with it, and the others go on."""
    try:
        yield from rows()
    except Exception as error:  # noqa: BLE001 - what it is stands in the table
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        yield Absent(f"the other rows of {name}", said[:MOST], failed=True)


def main(names: Sequence[str]) -> int:
    """Measure the parts of these names, or all; return 1 when a goal is missed or a part fails.

    The page is written, and listed among the others, when all were measured.
    """
    found: list[Found] = []
    for name in names or PARTS:
        began = time.monotonic()
        for row in measured(name, PARTS[name]):
            found.append(row)
            sys.stdout.write("".join(lines(row)))
            sys.stdout.flush()
        sys.stdout.write(f"({name} took {time.monotonic() - began:.0f} s)\n")
    if not names:
        PAGE.write_text(page(found))
        INDEX.write_text(indexed(INDEX.read_text()))
    return 0 if all(row.is_met for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
