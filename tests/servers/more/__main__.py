"""Records servers, those named or all: `make servers-more`.

A recording is written where there was none. One that exists is compared: how the new one differs is
shown, and it is written only with SMTPPROBE_GOLDEN=write, as it has to be read then.
"""

from __future__ import annotations

import asyncio
import difflib
import os
import sys

from tests.corpus.servers.readings import FOLDER
from tests.servers.lab import StartError
from tests.servers.more.recorder import recorded
from tests.servers.more.stand import CannotStandError
from tests.servers.more.table import STANDS

MOST = 60
"""Lines of a difference that are shown."""


def kept(name: str, text: str) -> str:
    """Store or compare a recording; return what is to be said of it."""
    place = FOLDER / f"{name}.smtp"
    before = place.read_text("utf-8", "surrogateescape") if place.exists() else None
    if before == text:
        return f"{name}: as recorded\n"
    if before is None or os.environ.get("SMTPPROBE_GOLDEN") == "write":
        place.write_text(text, encoding="utf-8", errors="surrogateescape")
        return f"{name}: recorded\n"
    lines = difflib.unified_diff(before.splitlines(), text.splitlines(), "stored", "now", n=1)
    shown = "\n".join(list(lines)[:MOST])
    return f"{name}: differs from its recording\n{shown}\n"


def main(names: list[str]) -> int:
    """Return the exit status: 1 when a server that can be had answers otherwise, 2 for no such."""
    if unknown := set(names) - set(STANDS):
        sys.stderr.write(f"servers-more: unknown: {' '.join(sorted(unknown))}\n")
        return 2
    status = 0
    for name in names or STANDS:
        try:
            with STANDS[name]() as stand:
                said = kept(name, asyncio.run(recorded(stand)))
        except (CannotStandError, StartError) as error:
            said = f"{name}: not recorded: {error}\n"
        status = status or int("differs" in said.partition("\n")[0])
        sys.stdout.write(said)
        sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
