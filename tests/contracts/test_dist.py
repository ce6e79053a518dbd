"""`make dist`: what is built from a commit is the same, wherever and whenever it is built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.lock import REPOSITORY


def built(output: Path, top: Path, **settings: str) -> dict[str, str]:
    """Build sdist and wheel out of a copy of the tracked files; return their digests by name."""
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=REPOSITORY, text=True)
    there = [name for name in names.split("\0") if name and (REPOSITORY / name).exists()]
    for name in there:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes((REPOSITORY / name).read_bytes())
    subprocess.run(
        [sys.executable, top / ".ci" / "dist.py", "--no-pyz", "--output", output],
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000", **settings},
        check=True,
        capture_output=True,
    )
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in output.iterdir()}


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="not a checkout")
def test_two_builds_of_the_same_files_give_the_same_octets(tmp_path: Path) -> None:
    here = built(tmp_path / "a", tmp_path / "here", TZ="UTC", PYTHONHASHSEED="1")
    mask = os.umask(0o077)
    try:
        there = built(tmp_path / "b", tmp_path / "else where", TZ="Asia/Tokyo", PYTHONHASHSEED="2")
    finally:
        os.umask(mask)
    assert here == there
    assert sorted(Path(name).suffix for name in here) == [".gz", ".whl"]
