"""Build what people install into dist/: sdist, wheel, and one file that runs with Python alone.

`make dist` does it. The same commit gives the same octets: the time in the archives is that of the
commit. The wheel is built from the sdist, so that what the sdist lacks is noticed here. In
dist/wheels are the wheels of all that it needs, for a machine that reaches no index.

The one file, `smtpprobe-VERSION-linux-ARCH.pyz`, is made by shiv: it unpacks itself into a cache
folder when it is first run. The packages in it are those of the lock, checked by hash, for every
Python that pyproject.toml names: compiled modules carry the Python in their name, so those of all
Pythons lie side by side in one folder. Only the architecture needs a file of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.metadata import requires
from pathlib import Path
from typing import IO

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parent.parent
GLIBC = (2, 28)
"""The oldest C library that the locked wheels allow: manylinux_2_28."""

PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
"""Beside the newest, the names that wheels for older C libraries go by."""


SOURCE_ONLY = frozenset({"pyspf"})
"""Packages that publish no wheel: one is built of the locked source, which fits every Python."""


def run(*command: str | Path, cwd: Path = TOP, **env: str) -> None:
    """Run a command; its failure ends the build, with its output."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:4]))} ...: failed\n{done.stdout}{done.stderr}")


def commit_time() -> str:
    """Return SOURCE_DATE_EPOCH, or else the time of the last commit, in seconds since 1970."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    asked = ["git", "log", "-1", "--format=%ct"]
    found = subprocess.run(asked, cwd=TOP, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "0"


def pythons(classifiers: list[str]) -> list[str]:
    """Return the Pythons that the classifiers of pyproject.toml name, as "3.11"."""
    line = re.compile(r"Programming Language :: Python :: (3\.\d+)")
    named = (line.fullmatch(classifier) for classifier in classifiers)
    return [found[1] for found in named if found]


def needed() -> set[str]:
    """Return the names of all packages that smtpprobe needs to run, with those they need."""
    found: set[str] = set()
    queue = ["smtpprobe"]
    while queue:
        for line in requires(queue.pop()) or ():
            requirement = Requirement(line)
            name = canonicalize_name(requirement.name)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and name not in found:
                found.add(name)
                queue.append(name)
    return found


def locked(names: Collection[str]) -> Iterator[str]:
    """Yield the entries of the lock for these packages, hashes included."""
    for entry in re.split(r"\n(?=\S)", (TOP / "requirements.txt").read_text()):
        name = re.match(r"[A-Za-z0-9._-]+(?===)", entry)
        if name and canonicalize_name(name[0]) in names:
            yield entry


def download(versions: list[str], machine: str, into: Path) -> None:
    """Bring the locked wheels of every Python for one architecture."""
    with _lock_of(needed() - SOURCE_ONLY) as lock:
        for version in versions:
            digits = version.replace(".", "")
            run(
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--require-hashes", "--only-binary=:all:", "--requirement", lock.name),
                *("--implementation", "cp", "--python-version", digits, "--dest", into),
                *("--abi", f"cp{digits}", "--abi", "abi3", "--abi", "none"),
                *(word for name in PLATFORMS for word in ("--platform", f"{name}_{machine}")),
            )


def build_wheels(epoch: str, into: Path) -> None:
    """Build the wheels of packages that publish none, by the locked setuptools.

    Raises:
        SystemExit: one is not for every Python and machine, so that it must not be built here.
    """
    with _lock_of(SOURCE_ONLY) as lock, tempfile.TemporaryDirectory() as made:
        run(
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-cache-dir"),
            *("--no-build-isolation", "--require-hashes", "--requirement", lock.name),
            *("--wheel-dir", made),
            SOURCE_DATE_EPOCH=epoch,
        )
        for wheel in Path(made).iterdir():
            if not wheel.name.endswith("-none-any.whl"):
                sys.exit(f"{wheel.name}: compiled here, but needed for every Python")
            shutil.copy(wheel, into)


@contextmanager
def _lock_of(names: Collection[str]) -> Iterator[IO[str]]:
    """Give a file with the entries of the lock for these packages."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as lock:
        lock.write("\n".join(locked(names)) + "\n")
        lock.flush()
        yield lock


def unpack(wheels: Path, into: Path) -> list[str]:
    """Unpack wheels over each other; return the suffixes of the modules compiled for one Python."""
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(into)
    return sorted({f".{path.name.split('.', 1)[1]}" for path in into.glob("_cffi_backend.*.so")})


def start(archive: Path, suffixes: list[str], versions: list[str], machine: str) -> None:
    """Give the archive our own start: it answers a wrong Python with one clear line."""
    text = (TOP / ".ci" / "pyz_start.py").read_text()
    values = {"SUFFIXES": suffixes, "VERSIONS": versions, "MACHINE": machine, "GLIBC": GLIBC}
    for name, value in values.items():
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value!r}", text, count=1)
    head, written = archive.read_bytes(), archive.with_suffix(".new")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            data = text.encode() if entry.filename == "__main__.py" else old.read(entry)
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    written.write_bytes(head[: head.index(b"PK\x03\x04")] + written.read_bytes())
    written.chmod(0o755)
    written.replace(archive)


def main() -> None:
    """Build everything anew into a folder."""
    parser = argparse.ArgumentParser(description="Build sdist, wheel and the one-file program.")
    parser.add_argument("-o", "--output", type=Path, default=TOP / "dist", metavar="FOLDER")
    parser.add_argument("--machine", default=platform.machine(), help="x86_64 or aarch64")
    given = parser.parse_args()
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    versions, epoch = pythons(project["classifiers"]), commit_time()
    shutil.rmtree(given.output, ignore_errors=True)
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", given.output)
    run(*build, SOURCE_DATE_EPOCH=epoch)
    [wheel] = given.output.glob("*.whl")
    wheels = given.output / "wheels"
    wheels.mkdir()
    download(versions, given.machine, wheels)
    build_wheels(epoch, wheels)
    shutil.copy(wheel, wheels)
    archive = given.output / f"smtpprobe-{wheel.name.split('-')[1]}-linux-{given.machine}.pyz"
    with tempfile.TemporaryDirectory() as site:
        suffixes = unpack(wheels, Path(site))
        run(
            *(sys.executable, "-m", "shiv", "--site-packages", site, "--reproducible"),
            *("--console-script", "smtpprobe", "--python", "/usr/bin/env python3"),
            *("--output-file", archive),
            SOURCE_DATE_EPOCH=epoch,
        )
    start(archive, suffixes, versions, given.machine)
    for path in sorted(given.output.glob("smtpprobe-*")):
        sys.stdout.write(f"{path.stat().st_size:>12,}  {path.name}\n")


if __name__ == "__main__":
    main()
