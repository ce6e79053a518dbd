"""`make dist`: what is built from a commit is the same, wherever it is built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.lock import REPOSITORY


def copied(top: Path) -> Path:
    """Copy all files but those that git ignores to another folder."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=REPOSITORY, text=True)
    for name in names.split("\0"):
        if name and (REPOSITORY / name).exists():
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_bytes((REPOSITORY / name).read_bytes())
    return top


def built(top: Path, output: Path, **settings: str) -> str:
    """Build the wheel of the files in a folder, and return its digest."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", output],
        cwd=top,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000", **settings},
        check=True,
        capture_output=True,
    )
    [wheel] = output.iterdir()
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="not a checkout")
def test_a_wheel_built_elsewhere_has_the_same_octets(tmp_path: Path) -> None:
    here = built(REPOSITORY, tmp_path / "a", TZ="UTC", PYTHONHASHSEED="1")
    mask = os.umask(0o077)
    try:
        elsewhere = copied(tmp_path / "else where")
        there = built(elsewhere, tmp_path / "b", TZ="Asia/Tokyo", PYTHONHASHSEED="2")
    finally:
        os.umask(mask)
    assert here == there
