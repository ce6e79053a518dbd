"""The lock: what `make run` and `make test` install, read as pip reads it.

`python -m tests.contracts.lock` tells how the environment it runs in differs from the lock.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY: Final = Path(__file__).parents[2]

RUN: Final = "requirements.txt"
BUILD: Final = "requirements-build.txt"
DEV: Final = "requirements-dev.txt"

PIN: Final = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[a-z0-9.+!]+)"
    r"(?: ; (?P<marker>[^#;@]+?))?"
    r"(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)"
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One release, where it is wanted, and the files it may come as."""

    name: str
    version: Version
    marker: Marker | None
    hashes: frozenset[str]

    def wanted(self, environment: Mapping[str, str]) -> bool:
        """Return whether the pin is for this Python and system."""
        return self.marker is None or self.marker.evaluate(dict(environment))


def pins_of(text: str) -> list[Pin]:
    """Return the pins of a lock; ValueError for a line that is anything but a pin or a comment."""
    bare = re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE)
    lines = bare.replace("\\\n", " ").splitlines()
    return [pin_of(" ".join(line.split())) for line in lines if line.strip()]


def pin_of(line: str) -> Pin:
    """Return the pin a line of the lock stands for."""
    if (found := PIN.fullmatch(line)) is None:
        raise ValueError(f"not a release with its hashes: {line[:100]}")
    marker = found["marker"]
    return Pin(
        found["name"],
        Version(found["version"]),
        Marker(marker) if marker else None,
        frozenset(re.findall("[0-9a-f]{64}", found["hashes"])),
    )


def locked(name: str) -> list[Pin]:
    """Return the pins of one of the repository's locks."""
    return pins_of((REPOSITORY / name).read_text())


def installed() -> dict[str, Version]:
    """Return what is installed beside this Python, by normalized name."""
    found = metadata.distributions()
    return {canonicalize_name(each.name): Version(each.version) for each in found}


def differences() -> list[str]:
    """Return a line for each release installed here that the lock has otherwise, or not at all."""
    pinned = {str(pin.name): pin.version for pin in locked(DEV)}
    ours = {"pip", "smtpprobe"}
    return [
        f"{name} {version}, locked {pinned.get(name, 'nowhere')}"
        for name, version in sorted(installed().items())
        if name not in ours and pinned.get(name) != version
    ]


if __name__ == "__main__":
    lines = differences() or ["all versions are those of the lock"]
    sys.stdout.writelines(f"{line}\n" for line in lines)
