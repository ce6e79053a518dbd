"""Records servers, those named or all: `make servers-more`.

A recording is written where there was none. One that exists is compared: how the new one differs is
shown, and it is written only with SMTPPROBE_GOLDEN=write, as it has to be read then. Then smtpprobe
itself is asked about the server, and held against what a person found right.

Where silence takes minutes to end a session, what is recorded of it is kept; SILENCE=yes waits for
all of these at once, for ten minutes at most, before the rest.
"""

from __future__ import annotations

import asyncio
import difflib
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress

from smtpprobe.errors import ConnectFailed
from tests.corpus.servers.own_jobs import answers, rights, wrong
from tests.corpus.servers.readings import FOLDER, RELEASES
from tests.servers import fetch
from tests.servers.lab import StartError
from tests.servers.more import own_jobs
from tests.servers.more.recorder import kept_silence, recorded, silence
from tests.servers.more.stand import CannotStandError, Stand
from tests.servers.more.table import STANDS, UNHURRIED

RELEASE = fetch.system_release()

MOST = 60
"""Lines of a difference that are shown."""


def kept(name: str, text: str) -> str:
    """Store or compare a recording; return what is to be said of it."""
    place = FOLDER / RELEASE / f"{name}.smtp"
    before = place.read_text("utf-8", "surrogateescape") if place.exists() else None
    if before == text:
        return f"{name}: as recorded\n"
    if before is None or os.environ.get("SMTPPROBE_GOLDEN") == "write":
        place.write_text(text, encoding="utf-8", errors="surrogateescape")
        return f"{name}: recorded\n"
    lines = difflib.unified_diff(before.splitlines(), text.splitlines(), "stored", "now", n=1)
    shown = "\n".join(list(lines)[:MOST])
    return f"{name}: differs from its recording\n{shown}\n"


def own_jobs_at(name: str, stand: Stand) -> str:
    """Ask smtpprobe about a server, store that where it is wanted; return what is to be said."""
    text = own_jobs.run(stand)
    place = FOLDER / RELEASE / f"{name}.jobs"
    if not place.exists() or os.environ.get("SMTPPROBE_GOLDEN") == "write":
        place.write_text(text, encoding="utf-8", errors="surrogateescape")
    found = answers(text)
    missed = [
        f"  {one.job}: {', '.join(wrong(found[one.job], one))}\n"
        for one in rights(RELEASE)
        if one.server == name and wrong(found[one.job], one)
    ]
    if missed:
        return f"{name}: smtpprobe differs from what is right\n{''.join(missed)}"
    return f"{name}: smtpprobe answers as it should\n"


def stored_silence(name: str) -> str:
    """Return what is recorded of silence where that takes minutes; empty where it does not."""
    place = FOLDER / RELEASE / f"{name}.smtp"
    if name not in UNHURRIED or not place.exists():
        return ""
    return kept_silence(place.read_text("utf-8", "surrogateescape"))


async def all_silences(names: Sequence[str]) -> dict[str, str]:
    """Return what silence comes to at those that wait for minutes."""
    with ExitStack() as stack:
        stands: dict[str, Stand] = {}
        for name in names:
            if name in UNHURRIED:
                with suppress(CannotStandError, StartError):  # told when its turn comes
                    stands[name] = stack.enter_context(STANDS[name]())
        began = time.monotonic()

        async def one(name: str, stand: Stand) -> str:
            try:
                text = await silence(stand)
            except ConnectFailed:
                return ""  # told when its turn comes
            sys.stdout.write(f"{name}: silence ended after {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()
            return text

        found = await asyncio.gather(*(one(name, stand) for name, stand in stands.items()))
    return dict(zip(stands, found, strict=True))


def main(names: list[str]) -> int:
    """Return the exit status: 1 when a server that can be had answers otherwise, 2 for no such."""
    if unknown := set(names) - set(STANDS):
        sys.stderr.write(f"servers-more: unknown: {' '.join(sorted(unknown))}\n")
        return 2
    if RELEASE not in RELEASES:
        known = " and ".join(RELEASES.values())
        sys.stderr.write(f"servers-more: recordings are of {known}, and this is {RELEASE}\n")
        return 1
    status = 0
    chosen = names or list(STANDS)
    silences = asyncio.run(all_silences(chosen)) if os.environ.get("SILENCE") == "yes" else {}
    for name in chosen:
        try:
            with STANDS[name]() as stand:
                silent = silences.get(name) or stored_silence(name)
                said = kept(name, asyncio.run(recorded(stand, silent)))
                jobs = own_jobs_at(name, stand)
        except (CannotStandError, StartError, ConnectFailed) as error:
            said, jobs = f"{name}: not recorded: {error}\n", ""
        status = status or int(any("differs" in one.partition("\n")[0] for one in (said, jobs)))
        sys.stdout.write(said + jobs)
        sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
