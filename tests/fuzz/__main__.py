"""`python -m tests.fuzz [TARGET ...] [--minutes N]`: breed inputs until the time is over.

Two ways. With atheris (Python 3.11 to 3.13, where its wheel can be had) coverage leads: inputs that
reach something new are kept in .cache/fuzz/corpus/TARGET, and the next run begins with them.
Without it hypothesis breeds them from the seeds, and its database in .cache/fuzz/examples has what
failed. What fails is written to tests/fuzz/found, shortened by hypothesis, and is a test from then
on. Exit code 1 if anything failed.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path
from types import FunctionType
from typing import NoReturn

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

import smtpprobe
from tests.fuzz.law import broken
from tests.fuzz.targets import TARGETS

KEPT = Path(".cache/fuzz")
FOUND = Path(__file__).with_name("found")
LONGEST = 4096
"""Octets of an input at most: what is quadratic shows by then."""

ROUND = 400
"""Examples of hypothesis between two looks at the clock."""


def main() -> int:
    """Try each target for its part of the time; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--led", help=argparse.SUPPRESS)
    words = parser.parse_args()
    names = words.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; one of {', '.join(TARGETS)}")
    seconds = words.minutes * 60 / len(names)
    if words.led:
        _led_by_coverage(words.led, seconds)
    led = importlib.util.find_spec("atheris") is not None
    if not led:
        _say("atheris cannot be had here, so coverage does not lead; hypothesis alone")
    failed = 0
    for name in names:
        failed += _bred(name, seconds / 2 if led else seconds)
        if led:
            again = (sys.executable, "-m", "tests.fuzz", name, "--led", name)
            half = str(seconds / 120)
            failed += subprocess.run((*again, "--minutes", half), check=False).returncode != 0
    return 1 if failed else 0


def _bred(name: str, seconds: float) -> int:
    """Try inputs that hypothesis makes from the seeds; return how many kinds of failure came."""
    takes, seeds = TARGETS[name]
    lines = [line for octets in seeds() for line in octets.splitlines(keepends=True)] or [b""]
    pieces = st.sampled_from(lines)
    mixed = st.lists(pieces | st.binary(max_size=12) | st.sampled_from(ODD), max_size=14)
    inputs = st.one_of(
        mixed.map(b"".join), st.builds(_spoilt, pieces, st.binary(max_size=4), st.integers(0, 200)),
        st.binary(max_size=400),
    )  # fmt: skip
    tried, failed, begun = 0, 0, time.monotonic()
    last = [b""]
    while time.monotonic() < begun + seconds:

        @seed(int(time.time_ns()))
        @settings(
            max_examples=ROUND, deadline=None, verbosity=Verbosity.quiet, print_blob=False,
            database=DirectoryBasedExampleDatabase(KEPT / "examples"),
            suppress_health_check=list(HealthCheck), phases=[*Phase][:-1],
        )  # fmt: skip
        @given(inputs)
        def law(octets: bytes) -> None:
            nonlocal tried
            tried += 1
            last[0] = octets[:LONGEST]
            broken(takes, last[0])

        try:
            law()
        except Exception:  # noqa: BLE001 - it is what is looked for
            failed += 1
            _keep(name, last[0], traceback.format_exc(limit=-4))
            break
    _say(f"{name}: {tried:,} inputs in {time.monotonic() - begun:.0f} s, {failed} failed")
    return failed


ODD = (
    *(b"\r", b"\n", b"\r\n", b"\x00", b"\xff", b"\x1b[31m", b"\xe2\x80\xae", b"\xef\xbb\xbf"),
    *(b"550-", b"550 ", b"5.1.1", b"9" * 40, b"(" * 30, b"a" * 300, b'"', b"\\", b"{{", b"}}"),
    *(b"<", b">", b":", b";", b"=", b"%", b"[", b"]", b"\t" * 20, b"-----", b"\xed\xa0\x80"),
    *(b"1e999", b"\xe2\x80\xa8", b"\xc0\xaf"),
)
"""What readers stumble over."""


def _spoilt(octets: bytes, put: bytes, at: int) -> bytes:
    return octets[:at] + put + octets[at + len(put) :]


def _keep(name: str, octets: bytes, told: str) -> None:
    digest = hashlib.sha256(octets).hexdigest()[:10]
    file = FOUND / f"{name}-{digest}"
    file.write_bytes(octets)
    _say(f"{file}: {octets[:300]!r}\n{told}")


def _led_by_coverage(name: str, seconds: float) -> NoReturn:
    """Try inputs that atheris makes, for a while; does not return."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore] # noqa: PLC0415 - fetched by `make fuzz` where it can be had

    corpus = KEPT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    takes, seeds = TARGETS[name]
    for octets in seeds():
        (corpus / hashlib.sha256(octets).hexdigest()[:16]).write_bytes(octets[:LONGEST])
    ours = f"{Path(smtpprobe.__file__).parent}/"
    for each in gc.get_objects():  # of all that is loaded only what is ours: minutes less
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(ours):
            atheris.instrument_func(each)

    def one(octets: bytes) -> None:
        try:
            broken(takes, octets)
        except Exception:
            _keep(name, octets, traceback.format_exc(limit=-4))
            raise

    options = (f"-max_total_time={max(1, int(seconds))}", f"-max_len={LONGEST}", "-timeout=60",
               "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={KEPT}/")  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()
    sys.exit(0)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    sys.exit(main())
